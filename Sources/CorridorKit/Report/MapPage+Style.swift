extension MapPage {
  /// Colours and layout. Ways and borders keep their width at any size of the map.
  ///
  /// Light: ColorBrewer's YlOrRd and PuOr. Dark: steps of the scheme "inferno" (N. Smith and S. van der
  /// Walt, matplotlib), so that there too what stands out is what is more.
  static let styleSheet = """
    :root{--page:#fbfaf7;--ink:#1f2430;--quiet:#5f6673;--line:#d9d6cd;--card:#fff;--water:#e3ecf2;
    --land:#f1eee6;--border:#fff;--country:#8a8577;--way:#16233f;--casing:#fff;--halo:#fffdf8;
    --label:#20252f;--area:#77715f;--alert:#a3123a;--target:#0b5cad;
    --none:\(ColorScale.none);--missing:#d8d5cf;--hatch:#a8a49b;
    \(colors("s", ColorScale.steps))\(colors("d", ColorScale.changes))}
    @media screen and (prefers-color-scheme:dark){:root{--page:#14161b;--ink:#e8e6e1;--quiet:#a5abb6;
    --line:#343842;--card:#1c1f26;--water:#10151c;--land:#20232a;--border:#0e1014;--country:#7d838f;
    --way:#fff;--casing:#0b0d12;--halo:#14161b;--label:#f3f1ec;--area:#8e949f;
    --alert:#ff7d9c;--target:#7cc4ff;--none:#2b2f38;--missing:#3a3d44;--hatch:#5d626c;
    \(colors("s", darkSteps))\(colors("d", darkChanges))}}
    *{box-sizing:border-box}
    body{margin:0 auto;max-width:1240px;padding:20px 24px 40px;background:var(--page);
    color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
    h1{font-size:1.65rem;line-height:1.2;margin:0 0 .25rem;text-wrap:balance}
    h2{font-size:1.05rem;margin:1.6rem 0 .4rem}
    p{margin:.3rem 0}header p{color:var(--quiet)}.notice strong{color:var(--alert)}
    fieldset{border:0;margin:0;padding:0;min-width:0}
    .definitions{position:absolute}
    .measures{display:grid;grid-template-columns:repeat(4,1fr);gap:10px;margin:16px 0 10px}
    .measures legend{font-size:.85rem;color:var(--quiet);margin-bottom:4px}
    .small-map{display:flex;flex-direction:column;border:2px solid var(--line);border-radius:8px;
    padding:8px 10px;background:var(--card);cursor:pointer;position:relative}
    .small-map:hover{border-color:var(--quiet)}
    .small-map:has(:checked){border-color:var(--target)}
    .small-map:has(:focus-visible){outline:2px solid var(--target);outline-offset:2px}
    .small-map input{position:absolute;opacity:0}
    .small-map svg{width:100%;display:block}
    .small-map .name{font-weight:600;font-size:.9rem;line-height:1.25}
    .small-map .definition,.small-map .legend{display:none}
    figure{margin:0;background:var(--card);border:1px solid var(--line);border-radius:10px;
    overflow:hidden}
    #map{display:block;width:100%;height:auto}
    figcaption{padding:10px 14px 12px;border-top:1px solid var(--line);font-size:.86rem}
    figcaption .measure p{font-weight:600;margin:0 0 4px}
    .measure{display:none}
    :root:has(#show-exposure:checked) .measure.exposure,:root:has(#show-risk:checked) .measure.risk,
    :root:has(#show-difference:checked) .measure.difference,
    :root:has(#show-closure:checked) .measure.closure{display:revert}
    .legend{list-style:none;display:flex;flex-wrap:wrap;gap:2px 14px;margin:2px 0;padding:0;
    font-size:.82rem;color:var(--quiet)}
    .legend li{display:flex;align-items:center;gap:5px;white-space:nowrap}
    .legend svg{width:20px;height:13px;flex:none}.legend rect{stroke:var(--country);stroke-width:4}
    svg.key{width:26px;height:12px;overflow:visible}
    .layers{display:grid;grid-template-columns:1fr 1fr;gap:12px;margin-top:10px;
    border-top:1px solid var(--line);padding-top:8px}
    .layers legend{font-weight:600;float:left;margin-right:12px}.layers label{margin-right:12px;
    white-space:nowrap}.layers .legend{clear:both;padding-top:4px}
    .none{fill:var(--none)}.missing{fill:url(#hatch)}.unknown{fill:var(--missing)}
    \((1...5).map { ".s\($0){fill:var(--s\($0))}.d\($0){fill:var(--d\($0))}" }.joined())
    .hatch{stroke:var(--hatch);stroke-width:10}
    .water{fill:var(--water)}.land{fill:var(--land)}
    .border{fill:none;stroke:var(--country);stroke-width:.8;stroke-opacity:.75;stroke-linejoin:round;
    vector-effect:non-scaling-stroke}
    .border.country{stroke-width:1.3;stroke-opacity:1}
    .small-map .border{stroke-width:.4}.small-map .border.country{stroke-width:.6}
    .target{fill:transparent;stroke:none}
    .target:hover,.target.on{stroke:var(--target);stroke-width:10;stroke-linejoin:round}
    .way,.casing,.corridor{fill:none;stroke-linejoin:round;stroke-linecap:round;
    vector-effect:non-scaling-stroke}
    .way{stroke:var(--way)}.casing{stroke:var(--casing);stroke-opacity:.85}
    .w1{stroke-width:1.3}.w2{stroke-width:2.2}.w3{stroke-width:3.2}.w4{stroke-width:4.2}
    .w5{stroke-width:5.2}
    .casing.w1{stroke-width:3}.casing.w2{stroke-width:4}.casing.w3{stroke-width:5}
    .casing.w4{stroke-width:6}.casing.w5{stroke-width:7}
    .way.rail{stroke-dasharray:6 4;stroke-linecap:butt}
    .corridor.rail{stroke-dasharray:9 5;stroke-linecap:butt}
    .use-lines{pointer-events:none}
    .corridor-lines{filter:drop-shadow(0 0 1px var(--casing)) drop-shadow(0 0 1px var(--casing))}
    .corridor-lines .corridor{opacity:0;pointer-events:none}
    .corridor-lines .corridor.on{opacity:1}
    :root:has(#lines-corridors:checked) .corridor-lines .corridor{opacity:1;pointer-events:stroke}
    :root:has(#lines-corridors:checked) .corridor-lines:has(.on) .corridor:not(.on){opacity:.15}
    :root:not(:has(#lines-use:checked)) .use-lines{visibility:hidden}
    :root:not(:has(#lines-use:checked)) .use-key,
    :root:not(:has(#lines-corridors:checked)) .color-key{display:none}
    :root:not(:has(#show-crossings:checked)) .marks,
    :root:not(:has(#show-crossings:checked)) .crossing-key,
    :root:not(:has(#show-labels:checked)) .labels{visibility:hidden}
    .mark circle,.mark path{stroke-width:1}
    .mark.unused circle{fill:var(--card);stroke:var(--quiet)}
    .mark.shut path{fill:none;stroke:var(--quiet);stroke-width:1.3}
    .mark.used path{fill:var(--target);stroke:var(--card);stroke-width:1.2}
    .mark.closed circle{fill:var(--alert);stroke:var(--card);stroke-width:1.4}
    .mark.closed path{fill:none;stroke:var(--card);stroke-width:2.2;stroke-linecap:round}
    .labels{pointer-events:none}
    .labels text{fill:var(--label);stroke:var(--halo);stroke-width:3px;stroke-opacity:.85;
    paint-order:stroke;stroke-linejoin:round;font-size:11.5px;font-weight:500}
    .labels .dot{fill:var(--label);stroke:var(--halo);stroke-width:1}
    .labels .country{font-size:13px;letter-spacing:.2em;fill:var(--area);stroke-opacity:.5}
    .labels .province{font-size:8.5px;letter-spacing:.05em;stroke-width:2.2px;stroke-opacity:.9}
    .labels.narrow{display:none}
    .columns{display:grid;grid-template-columns:minmax(0,1.6fr) minmax(0,1fr);gap:0 32px}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;width:100%;font-size:.87rem;font-variant-numeric:tabular-nums}
    caption{caption-side:bottom;text-align:left;color:var(--quiet);font-size:.8rem;padding-top:6px}
    th,td{padding:3px 7px;text-align:right;border-bottom:1px solid var(--line);vertical-align:top}
    .figures tbody>tr>*{white-space:nowrap}thead th{vertical-align:bottom;font-weight:600;line-height:1.25}
    th.text,td.text{text-align:left}tbody th{font-weight:500}
    tfoot th{font-weight:400}tfoot tr:last-child *{font-weight:600}
    tbody tr.on,tbody tr[data-row]:hover,tbody tr[data-corridor]:hover{
    background:color-mix(in srgb,var(--target) 12%,transparent)}
    td small{display:block;color:var(--quiet);font-size:.78rem;line-height:1.3}
    .corridors td:first-child{width:42px}
    th button{all:unset;cursor:pointer;font-weight:600}
    th button:focus-visible{outline:2px solid var(--target)}
    th[aria-sort=ascending] button::after{content:" ▲"}
    th[aria-sort=descending] button::after{content:" ▼"}
    footer{color:var(--quiet);font-size:.86rem;border-top:1px solid var(--line);margin-top:24px}
    footer h2{color:var(--ink)}details{margin:.4rem 0}summary{cursor:pointer}
    code{font-size:.78rem;word-break:break-all}
    #tip{position:fixed;pointer-events:none;background:var(--card);color:var(--ink);
    border:1px solid var(--line);border-radius:6px;box-shadow:0 3px 14px #0003;padding:6px 10px;
    font-size:.84rem;line-height:1.4;white-space:pre-line;max-width:300px;z-index:2}
    #tip::first-line{font-weight:600}
    @media screen and (max-width:760px){
    body{padding:14px 12px 30px}h1{font-size:1.3rem}
    .measures{grid-template-columns:1fr 1fr}.columns,.layers{grid-template-columns:minmax(0,1fr)}
    .labels.wide{display:none}.labels.narrow{display:revert}
    .labels.narrow text{font-size:25px;stroke-width:6px}
    .labels.narrow .country{font-size:21px;letter-spacing:0}
    #map .shape{transform:scale(1.9)}
    .w1{stroke-width:1}.w2{stroke-width:1.5}.w3{stroke-width:2}.w4{stroke-width:2.6}
    .w5{stroke-width:3.2}
    .casing.w1{stroke-width:2}.casing.w2{stroke-width:2.6}.casing.w3{stroke-width:3}
    .casing.w4{stroke-width:3.6}.casing.w5{stroke-width:4.2}
    .border{stroke-width:.5}.border.country{stroke-width:.9}}
    @media print{
    @page{size:A4;margin:12mm}
    body{max-width:none;padding:0;font-size:10pt;print-color-adjust:exact;
    -webkit-print-color-adjust:exact}
    .layers input,.layers label,.measures>legend,#tip{display:none}
    :root{--page:#fff}tfoot{display:table-row-group}
    .small-map .legend{font-size:.66rem;gap:1px 6px}.small-map .legend svg{width:12px;height:8px}
    .small-map{padding:5px;border-width:1px;border-color:var(--line)!important}
    .small-map .definition{display:block;font-size:.68rem;line-height:1.3}.small-map .legend{display:flex}
    .columns{display:block}figure,tr,.small-map{break-inside:avoid}
    h2{break-after:avoid}details::details-content{content-visibility:visible;display:block}}
    """

  private static let darkSteps = ["#4a1a6b", "#932667", "#dd513a", "#fca50a", "#fcf08a"]
  private static let darkChanges = ["#c9bdf5", "#6f58b0", "#363a44", "#a85a10", "#ffc069"]

  private static func colors(_ name: String, _ colors: [String]) -> String {
    colors.enumerated().map { "--\(name)\($0 + 1):\($1);" }.joined()
  }

  /// Details under the pointer, rows that point at their province or corridor, and sorting.
  static let script = """
    const tip=document.getElementById('tip'),map=document.getElementById('map');
    for(const title of document.querySelectorAll('#map :not(svg)>title')){
      title.parentNode.dataset.tip=title.textContent;title.remove()}
    const point=(attribute,value,on)=>{
      for(const e of document.querySelectorAll(`[data-${attribute}="${value}"]`))
        e.classList.toggle('on',on)};
    const over=(event,on)=>{
      const e=event.target.closest('[data-row],[data-corridor]');if(!e)return;
      if(e.dataset.row!==undefined)point('row',e.dataset.row,on);
      else point('corridor',e.dataset.corridor,on)};
    document.addEventListener('pointerover',e=>over(e,true));
    document.addEventListener('pointerout',e=>over(e,false));
    map?.addEventListener('pointermove',event=>{
      const e=event.target.closest('[data-tip]');tip.hidden=!e;if(!e)return;
      tip.textContent=e.dataset.tip;
      const{width:w,height:h}=tip.getBoundingClientRect();
      tip.style.left=Math.max(4,Math.min(event.clientX+14,innerWidth-w-8))+'px';
      tip.style.top=(event.clientY+h+22>innerHeight?event.clientY-h-10:event.clientY+16)+'px'});
    map?.addEventListener('pointerleave',()=>tip.hidden=true);
    const table=document.querySelector('.figures table'),body=table.tBodies[0];
    [...table.tHead.rows[0].cells].forEach((cell,column)=>{
      const button=document.createElement('button');button.type='button';
      button.textContent=cell.textContent;cell.replaceChildren(button);
      const isText=cell.classList.contains('text');
      button.onclick=()=>{
        const now=cell.getAttribute('aria-sort'),
          up=now?now==='descending':isText,sign=up?1:-1,
          value=row=>isText?row.cells[column].textContent:row.cells[column].dataset.value;
        for(const other of cell.parentNode.cells)other.removeAttribute('aria-sort');
        cell.setAttribute('aria-sort',up?'ascending':'descending');
        body.append(...[...body.rows].sort((a,b)=>{
          const x=value(a),y=value(b);
          if(x===undefined||y===undefined)return(x===undefined)-(y===undefined);
          return sign*(isText?x.localeCompare(y):x-y)}))}});
    """
}
