extension IndexPage {
  /// Colours and layout for a screen and for A4.
  ///
  /// Scores: five steps after the scheme cividis (Nuñez, Anderton, Renslow 2018,
  /// doi:10.1371/journal.pone.0199239), the light end paler, so that the lowest does not stand out. Their
  /// lightness falls evenly for readers with and without a colour vision deficiency, and on a printer without
  /// colour. Dimensions: the scheme of Okabe and Ito (2008) without its red, and a brown. Text has a
  /// contrast of 4.5 or more to its ground.
  static let styleSheet = """
    :root{color-scheme:light;--ink:#1b1f27;--quiet:#555b66;--line:#d8d6ce;--paper:#fff;--band:#f5f4ef;
    --c1:#fff2b3;--c2:#dcc873;--c3:#a0997b;--c4:#5b6475;--c5:#14305c;
    --g1:#0072b2;--g2:#e69f00;--g3:#56b4e9;--g4:#8a5a34;--g5:#cc79a7;--g6:#009e73;--g7:#f0e442;
    --gx:#2b2e35}
    *{box-sizing:border-box}
    body{margin:0;background:#f1efe9;color:var(--ink);
    font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;
    -webkit-print-color-adjust:exact;print-color-adjust:exact}
    main{max-width:960px;margin:0 auto;padding:36px 44px 48px;background:var(--paper)}
    .definitions{position:absolute}
    h1{font-size:1.75rem;line-height:1.2;margin:0 0 .5rem;text-wrap:balance}
    h2{font-size:1.15rem;margin:2.2rem 0 .5rem;padding-top:.7rem;border-top:1px solid var(--line)}
    p{margin:.35rem 0}small{color:var(--quiet);font-weight:400;font-size:.82em}
    .kicker{color:var(--quiet);margin:0 0 .2rem;font-size:.9rem}
    .quiet{color:var(--quiet);font-size:.9rem}
    .notice{border-left:4px solid var(--c5);padding:.35rem .8rem;background:var(--band);margin:.8rem 0}
    .facts{list-style:none;display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;
    padding:0;margin:1rem 0 1.4rem}
    .facts li{border-top:3px solid var(--c5);padding-top:.4rem}
    .facts strong{display:block;font-size:1.5rem;line-height:1.15;font-variant-numeric:tabular-nums}
    .facts span{color:var(--quiet);font-size:.88rem;line-height:1.3;display:block}
    figure{margin:.6rem 0 0}figure svg{display:block;width:100%;height:auto}
    figcaption{font-size:.9rem;margin-top:.4rem}
    .legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 18px;margin:.3rem 0;padding:0}
    .legend li{display:flex;align-items:center;gap:7px}
    .legend svg{width:auto;height:16px;flex:none}
    .map svg{border:1px solid var(--line)}.map .legend svg,.legend svg{border:0}
    .sea{fill:#e9eef1}.neighbour{fill:#f6f4ee}
    .c1{fill:var(--c1)}.c2{fill:var(--c2)}.c3{fill:var(--c3)}.c4{fill:var(--c4)}.c5{fill:var(--c5)}
    .legend rect{stroke:#555b66;stroke-width:1}
    .no-score{fill:url(#hatch)}.hatch-ground{fill:#fff}.hatch-line{stroke:#8b8e95;stroke-width:3}
    .border{fill:none;stroke:#fff;stroke-width:1;vector-effect:non-scaling-stroke;stroke-linejoin:round}
    .border.country{stroke:#3d4048;stroke-width:1.4}
    .labels text{font-size:13.5px;font-weight:600;fill:#14171d;paint-order:stroke;stroke:#fff;
    stroke-width:3.2px;stroke-linejoin:round;text-anchor:middle}
    .labels text[text-anchor=start]{text-anchor:start}.labels text[text-anchor=end]{text-anchor:end}
    .dot{fill:#14171d;stroke:#fff;stroke-width:1.5}
    .band{fill:var(--band)}.tick{stroke:#c9c7bf;stroke-width:1;fill:none}
    .axis{font-size:13px;fill:var(--quiet);text-anchor:middle}
    .name{font-size:14px;fill:var(--ink);text-anchor:end}
    .whisker{stroke:#6f9fc8;stroke-width:7;stroke-linecap:round;fill:none}
    .median{fill:#00224e;stroke:#fff;stroke-width:1.5}
    .hollow{fill:#fff;stroke:#00224e;stroke-width:2}
    .run{stroke:#b35900;stroke-width:2.5;fill:none}.link{stroke:#7a8494;stroke-width:2.5;fill:none}
    .g1{fill:var(--g1)}.g2{fill:var(--g2)}.g3{fill:var(--g3)}.g4{fill:var(--g4)}.g5{fill:var(--g5)}
    .g6{fill:var(--g6)}.g7{fill:var(--g7)}.gx{fill:var(--gx)}
    .amount{font-size:12.5px;text-anchor:middle;fill:#14171d}
    .on-g1,.on-g4,.on-gx{fill:#fff}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;width:100%;font-size:.88rem;font-variant-numeric:tabular-nums}
    th,td{padding:4px 8px;text-align:right;border-bottom:1px solid #e6e4dc;vertical-align:baseline}
    td{white-space:nowrap}td.text{white-space:normal}
    thead th{font-weight:600;border-bottom:2px solid var(--ink);vertical-align:bottom;line-height:1.25}
    tbody th{font-weight:600;text-align:left;white-space:nowrap}
    th:first-child,td.text,.scores th:nth-child(2){text-align:left}
    .scores th:first-child,.scores td:first-child{text-align:right;width:3.2em}sup{color:#8a3b00;margin-right:2px}
    table.sources thead th,table.inputs thead th{text-align:left}
    table.sources tbody th{white-space:normal}table.sources td{text-align:left}
    th em{display:block;font-style:normal;font-weight:600;color:#8a3b00;font-size:.85em}
    .none{color:var(--quiet)}
    .empty{background:repeating-linear-gradient(45deg,#fff 0 4px,#e3e1da 4px 6px)}
    .empty span{background:#fff;padding:0 4px;color:var(--quiet)}
    .gauge{display:inline-block;width:52px;height:9px;border:1px solid #555b66;vertical-align:baseline;
    background:#fff}.gauge i{display:block;height:100%;background:#00224e}
    .steps{padding-left:1.3rem}.steps li{margin:.3rem 0}.steps ul{margin:.2rem 0;font-size:.9rem;
    color:var(--quiet)}
    .warnings li{margin:.25rem 0}
    .options{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:2px 18px;font-size:.88rem}
    code{font:.86em ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;overflow-wrap:anywhere}
    .inputs code{font-size:.78em}
    footer{color:var(--ink)}
    @media (max-width:640px){main{padding:20px 16px}}
    @page{size:A4;margin:14mm 13mm}
    @media print{:root{font-size:9.5pt}body{background:#fff;font-size:9.5pt;line-height:1.4}
    h2+p{break-after:avoid}.sentences,.warnings{font-size:8.8pt}
    main{max-width:none;padding:0}h1{font-size:17pt}h2{font-size:12pt;margin-top:14pt;
    break-after:avoid}
    figure,tr,.facts li,.notice,.steps li{break-inside:avoid}
    thead{display:table-header-group}table{font-size:8pt}th,td{padding:2.5px 5px}
    .scroll{overflow:visible}
    .coverage td,.coverage th,.figures td,.figures th{padding-top:1.6px;padding-bottom:1.6px}
    .facts strong{font-size:15pt}.inputs code{font-size:6.2pt}}
    """
}
