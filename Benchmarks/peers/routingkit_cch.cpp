// RoutingKit's customizable contraction hierarchy on the arrays of one exchange folder.
//
//   routingkit_cch FOLDER REPEATS MANY
//   routingkit_cch FOLDER order          its own order instead: inertial flow
//
// Prints what each step took as JSON and writes the answers beside the questions, which
// compare_hierarchy.py reads. Compiled with RoutingKit's own flags by routingkit.py.

#include <routingkit/customizable_contraction_hierarchy.h>
#include <routingkit/nested_dissection.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

using Numbers = std::vector<unsigned>;

static std::string folder;

template <class Value>
static std::vector<Value> read(const std::string &name) {
  std::ifstream file(folder + "/" + name, std::ios::binary | std::ios::ate);
  if (!file) throw std::runtime_error("cannot read " + name);
  std::vector<Value> values(static_cast<size_t>(file.tellg()) / sizeof(Value));
  file.seekg(0);
  file.read(reinterpret_cast<char *>(values.data()), values.size() * sizeof(Value));
  return values;
}

static void write(const Numbers &values, const std::string &name) {
  std::ofstream file(folder + "/" + name, std::ios::binary);
  file.write(
    reinterpret_cast<const char *>(values.data()), values.size() * sizeof(unsigned));
}

template <class Work>
static double seconds(Work work) {
  auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

static double median(std::vector<double> times) {
  std::sort(times.begin(), times.end());
  return times.empty() ? 0 : times[(times.size() - 1) / 2];
}

template <class Work>
static double repeated(int count, Work work) {
  std::vector<double> times;
  for (int round = 0; round < count; ++round) times.push_back(seconds(work));
  return median(times);
}

static const char *separator = "{";

template <class Value>
static void report(const char *name, Value value) {
  std::cout << separator << '"' << name << "\":" << value;
  separator = ",";
}

int main(int count, char **arguments) {
  if (count < 3) return EXIT_FAILURE;
  folder = arguments[1];
  auto order = read<unsigned>("order.u32");
  const auto tails = read<unsigned>("tails.u32");
  const auto heads = read<unsigned>("heads.u32");

  if (std::string(arguments[2]) == "order") {
    const auto latitudes = read<float>("latitudes.f32");
    const auto longitudes = read<float>("longitudes.f32");
    const auto nodes = static_cast<unsigned>(order.size());
    report("order", seconds([&] {
      order = RoutingKit::compute_nested_node_dissection_order_using_inertial_flow(
        nodes, tails, heads, latitudes, longitudes);
    }));
    write(order, "order.routingkit.u32");
    std::cout << "}\n";
    return EXIT_SUCCESS;
  }

  const int repeats = std::atoi(arguments[2]);
  const size_t many = static_cast<size_t>(std::atoi(arguments[3]));
  const auto impedances = read<unsigned>("impedances.u32");
  const auto sources = read<unsigned>("sources.u32");
  const auto targets = read<unsigned>("targets.u32");
  const auto origins = read<unsigned>("origins.u32");
  const auto closed_links = read<unsigned>("closed_links.u32");
  const auto closed_arcs = read<unsigned>("closed_arcs.u32");
  const auto arc_links = read<unsigned>("arc_links.u32");

  RoutingKit::CustomizableContractionHierarchy hierarchy;
  report("build", repeated(repeats, [&] {
    hierarchy = RoutingKit::CustomizableContractionHierarchy(order, tails, heads);
  }));
  report("arcs", hierarchy.cch_arc_count());

  RoutingKit::CustomizableContractionHierarchyMetric metric(hierarchy, impedances);
  report("customize_one_thread", repeated(repeats, [&] { metric.reset(impedances).customize(); }));
  RoutingKit::CustomizableContractionHierarchyParallelization parallel(hierarchy);
  report("customize_two_threads", repeated(repeats, [&] {
    metric.reset(impedances);
    parallel.customize(metric, 2);
  }));

  RoutingKit::CustomizableContractionHierarchyQuery query(metric);
  Numbers answers(sources.size());
  std::vector<double> times;
  for (int round = 0; round < 2; ++round) {
    times.clear();
    for (size_t pair = 0; pair < sources.size(); ++pair)
      times.push_back(seconds([&] {
        answers[pair] = query.reset().add_source(sources[pair]).add_target(targets[pair]).run()
                          .get_distance();
      }));
  }
  report("query", median(times));
  write(answers, "pairs.routingkit.u32");

  times.clear();
  size_t path_arcs = 0;
  for (size_t pair = 0; pair < std::min(many, sources.size()); ++pair)
    times.push_back(seconds([&] {
      query.reset().add_source(sources[pair]).add_target(targets[pair]).run();
      path_arcs += query.get_arc_path().size();
    }));
  report("route", median(times));
  report("path_arcs", path_arcs);

  const Numbers destinations(targets.begin(), targets.begin() + std::min(many, targets.size()));
  query.reset().pin_targets(destinations);
  Numbers found;
  times.clear();
  for (int round = 0; round < 4; ++round)
    for (unsigned origin : origins)
      times.push_back(seconds([&] {
        query.reset_source().add_source(origin).run_to_pinned_targets();
        found = query.get_distances_to_targets();
      }));
  report("one_to_many", median(times));

  // A search to the same destinations from each origin, which are taken up once.
  const Numbers rows(sources.begin(), sources.begin() + std::min(many, sources.size()));
  Numbers matrix;
  report("many_to_many", repeated(repeats, [&] {
    matrix.clear();
    query.reset().pin_targets(destinations);
    for (unsigned origin : rows) {
      query.reset_source().add_source(origin).run_to_pinned_targets();
      found = query.get_distances_to_targets();
      matrix.insert(matrix.end(), found.begin(), found.end());
    }
  }));
  write(matrix, "matrix.routingkit.u32");

  RoutingKit::CustomizableContractionHierarchyPartialCustomization partial(hierarchy);
  metric.reset(impedances).customize();
  RoutingKit::CustomizableContractionHierarchyQuery after(metric);
  Numbers closed = impedances;
  Numbers closed_answers;
  times.clear();
  for (size_t closure = 0; closure < closed_links.size(); ++closure) {
    Numbers arcs;
    for (unsigned arc = closed_arcs[closure];
         arc < arc_links.size() && arc_links[arc] == closed_links[closure]; ++arc)
      arcs.push_back(arc);
    for (bool is_closed : {true, false}) {
      for (unsigned arc : arcs) closed[arc] = is_closed ? RoutingKit::inf_weight : impedances[arc];
      times.push_back(seconds([&] {
        partial.reset();
        for (unsigned arc : arcs) partial.update_arc(arc);
        metric.reset(closed);
        partial.customize(metric);
      }));
      if (is_closed)
        closed_answers.push_back(after.reset().add_source(sources[closure])
                                   .add_target(targets[closure]).run().get_distance());
    }
  }
  report("partial", median(times));
  write(closed_answers, "closures.routingkit.u32");
  std::cout << "}\n";
}
