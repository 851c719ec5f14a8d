# What the comparison asks of COINr, in a process of its own; compare_index.py drives it.
#
#   Rscript index_coinr.R LIBRARY export FOLDER
#   Rscript index_coinr.R LIBRARY scores FOLDER CASES.csv
#   Rscript index_coinr.R LIBRARY uncertainty FOLDER SECONDS SEED
#
# LIBRARY is the folder that COINr is installed in. Tables are read from FOLDER and written to it, so that both
# sides start from the same digits.

arguments <- commandArgs(trailingOnly = TRUE)
suppressPackageStartupMessages(library(COINr, lib.loc = arguments[1]))
folder <- arguments[3]

# R writes 15 digits unless told otherwise.
digits <- function(x) ifelse(is.na(x), "NA", sprintf("%.17g", x))

save <- function(table, name) {
  write.csv(table, file.path(folder, name), row.names = FALSE, quote = FALSE)
}

new <- function() {
  tables <- lapply(c("iData.csv", "iMeta.csv"), function(name) {
    read.csv(file.path(folder, name), stringsAsFactors = FALSE)
  })
  new_coin(tables[[1]], tables[[2]])
}

normalisations <- list(
  "min-max" = list(f_n = "n_minmax", f_n_para = list(l_u = c(1, 100))),
  "z" = list(f_n = "n_zscore", f_n_para = list(m_sd = c(50, 10))),
  "rank" = list(f_n = "n_rank", f_n_para = NULL))
aggregations <- c(arithmetic = "a_amean", geometric = "a_gmean", harmonic = "a_hmean")

# A case: prepared, coverage, winmax (NA for no treatment), log, normalisation, aggregation.
coin_of <- function(case) {
  coin <- new()
  dset <- "Raw"
  if (case$prepared) {
    coin <- Denominate(coin, dset)
    coin <- Impute(coin, "Denominated", f_i = "i_mean_grp", use_group = "EurAsia_group")
    coin <- Screen(coin, "Imputed", dat_thresh = 0.9, unit_screen = "byNA")
    dset <- "Screened"
  }
  if (!is.na(case$winmax)) {
    specs <- list(f1_para = list(winmax = case$winmax), f2 = case$log)
    # Unlike log_CT it has no such parameter.
    if (case$log == "log_CT_plus") specs$f2_para <- list(na.rm = NULL)
    coin <- Treat(coin, dset, global_specs = specs)
    dset <- "Treated"
  }
  coin <- Normalise(coin, dset, global_specs = normalisations[[case$normalisation]])
  levels <- aggregations[strsplit(case$aggregation, " ")[[1]]]
  Aggregate(
    coin, "Normalised", f_ag = unname(levels), dat_thresh = if (case$coverage > 0) case$coverage)
}

# Everything of a coin's data set, one row a unit and part.
long <- function(case, what, data) {
  parts <- setdiff(names(data), "uCode")
  do.call(rbind, lapply(parts, function(part) {
    data.frame(
      case = case, what = what, unit = data$uCode, part = part, value = digits(data[[part]]))
  }))
}

scores <- function(cases) {
  rows <- list()
  for (place in seq_len(nrow(cases))) {
    case <- cases[place, ]
    coin <- suppressMessages(coin_of(case))
    of <- function(dset) get_dset(coin, dset)
    above <- coin$Meta$Ind$iCode[coin$Meta$Ind$Type == "Aggregate"]
    aggregated <- of("Aggregated")[c("uCode", above)]
    ranks <- aggregated
    ranks[above] <- lapply(aggregated[above], function(x) {
      rank(-x, na.last = "keep", ties.method = "min")
    })
    treated <- if (is.na(case$winmax)) NULL else coin$Analysis$Treated$Dets_Table
    count <- function(column) sum(treated[[column]] %in% FALSE)
    rows <- c(rows, list(
      long(case$name, "normalised", of("Normalised")),
      long(case$name, "score", aggregated), long(case$name, "rank", ranks),
      data.frame(
        case = case$name, what = c("treated", "transformed"), unit = "", part = "",
        value = c(count("check_SkewKurt0.Pass"), count("check_SkewKurt1.Pass")))))
  }
  save(do.call(rbind, rows), "coinr_scores.csv")
}

# Seconds of processor and wall, and what was done.
clock <- function(work) {
  taken <- system.time(value <- work, gcFirst = TRUE)
  list(value = value, wall = taken[["elapsed"]], cpu = taken[["user.self"]] + taken[["sys.self"]])
}

# S1 of the same runs by Jansen's estimator, with bootstrap intervals of 95 %.
jansen <- function(ranks, rows) {
  shifts <- abs(as.matrix(ranks[grep("^r_", names(ranks))]) - ranks$Nominal)
  # Columns are A, B, and A with one factor after another from B.
  found <- matrix(colMeans(shifts), nrow = rows)
  first <- function(take) {
    sample <- found[take, ]
    whole <- c(sample[, 1], sample[, 2])
    1 - colMeans((sample[, 2] - sample[, -(1:2)])^2) / (2 * mean((whole - mean(whole))^2))
  }
  again <- replicate(500, first(sample(rows, replace = TRUE)))
  data.frame(
    Jansen = first(seq_len(rows)), Jansen_low = apply(again, 1, quantile, 0.025),
    Jansen_high = apply(again, 1, quantile, 0.975))
}

uncertainty <- function(limit, seed) {
  set.seed(seed)
  coin <- suppressMessages(coin_of(list(
    prepared = FALSE, coverage = 0, winmax = NA, normalisation = "min-max",
    aggregation = "arithmetic")))
  nominal <- coin$Meta$Weights$Original
  index <- nominal$iCode[which.max(nominal$Level)]
  noise <- data.frame(Level = 1:2, NoiseFactor = 0.25)
  study <- function(count, type, sets) {
    specs <- list(
      normalisation = list(
        Address = "$Log$Normalise$global_specs",
        Distribution = unname(normalisations[c("min-max", "rank")]), Type = "discrete"),
      aggregation = list(
        Address = "$Log$Aggregate$f_ag",
        Distribution = unname(aggregations[c("arithmetic", "geometric")]), Type = "discrete"),
      weights = list(
        Address = "$Log$Aggregate$w",
        Distribution = get_noisy_weights(nominal, noise, Nrep = sets), Type = "discrete"))
    clock(suppressMessages(get_sensitivity(
      coin, specs, N = count, SA_type = type, dset = "Aggregated", iCode = index,
      Nboot = if (type == "SA") 500 else NULL, quietly = TRUE, check_addresses = FALSE)))
  }
  # Results are merged one by one, so that a re-run takes longer the more there are: hence several batches.
  each <- study(20, "UA", 20)$wall / 20
  size <- max(20, min(500, floor(0.4 * limit / each)))
  batches <- list(study(size, "UA", size))
  spent <- function(what) sum(sapply(batches, `[[`, what))
  while (spent("wall") + batches[[1]]$wall < 0.4 * limit && length(batches) * size < 10000) {
    batches <- c(batches, list(study(size, "UA", size)))
  }
  count <- length(batches) * size
  each <- spent("wall") / count
  drawn <- batches[[1]]
  ranks <- do.call(cbind, lapply(batches, function(batch) {
    as.matrix(batch$value$Ranks[paste0("r_", seq_len(size))])
  }))
  save(data.frame(
    unit = drawn$value$Ranks$uCode, mean = rowMeans(ranks), deviation = apply(ranks, 1, sd)),
    "coinr_ranks.csv")

  # The first re-runs, to be made again.
  first <- seq_len(20)
  para <- drawn$value$Para
  name <- function(values, places) sapply(values, function(v) names(places)[match(list(v), places)])
  save(do.call(rbind, lapply(first, function(run) {
    data.frame(
      run = run, normalisation = name(para$normalisation[run], normalisations),
      aggregation = name(as.list(para$aggregation[run]), as.list(aggregations)),
      code = para$weights[[run]]$iCode, weight = digits(para$weights[[run]]$Weight))
  })), "coinr_runs.csv")
  save(do.call(rbind, lapply(first, function(run) {
    data.frame(
      run = run, unit = drawn$value$Scores$uCode,
      score = digits(drawn$value$Scores[[paste0("r_", run)]]), rank = ranks[, run])
  })), "coinr_run_scores.csv")

  # The largest power of two that is done in about half of that, in five designs of so many rows at once.
  rows <- 2^floor(log2(0.25 * limit / each / 5))
  shares <- if (rows >= 64) study(rows, "SA", rows)
  if (!is.null(shares)) {
    save(cbind(shares$value$Sensitivity, jansen(shares$value$Ranks, rows)), "coinr_shares.csv")
  }
  times <- function(what) c(spent(what), if (is.null(shares)) NA else shares[[what]])
  save(data.frame(
    what = c("draws", "sensitivity"), runs = c(count, if (is.null(shares)) 0 else 5 * rows),
    size = c(size, 0), wall = times("wall"), cpu = times("cpu"),
    r = paste(R.version$major, R.version$minor, sep = "."),
    coinr = as.character(packageVersion("COINr", lib.loc = arguments[1]))), "coinr_times.csv")
}

switch(arguments[2],
  export = {
    # Names hold commas, which quotes keep.
    write.csv(ASEM_iMeta, file.path(folder, "iMeta.csv"), row.names = FALSE)
    write.csv(ASEM_iData, file.path(folder, "iData.csv"), row.names = FALSE)
  },
  scores = scores(read.csv(arguments[4], stringsAsFactors = FALSE)),
  uncertainty = uncertainty(as.numeric(arguments[4]), as.integer(arguments[5])))
