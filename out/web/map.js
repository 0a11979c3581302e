// The map, its legend and labels; at its end the page starts.
let map = null;
const drawn = [];  // {entity, layer, label}
const across = data.focus && data.focus[0] > data.focus[2];  // the map runs over the antimeridian
const lonOf = lon => across && lon < 0 ? lon + 360 : lon;
const position = p => [p[1], lonOf(p[0])];

const lineStyles = {
  front_line: ['#b91c1c', 5], line_of_contact: ['#b91c1c', 5], demarcation_line: ['#6d28d9', 3.5], armistice_line: ['#6d28d9', 3.5], ceasefire_line: ['#6d28d9', 3.5],
  boundary_line: ['#6d28d9', 3], withdrawal_boundary: ['#6d28d9', 1.8], parallel: ['#475569', 1.5, '2 5'], phase_line: ['#0f766e', 3], defensive_line: ['#0f766e', 3],
  border: ['#64748b', 2, '9 4 2 4'], river: ['#0284c7', 2.5]};
const stateDashes = {proposed: '11 7', hypothetical: '3 7', former: '14 5'};
function lineStyle(entity) {
  const [color, weight, dash] = lineStyles[entity.kind] || ['#be123c', 3];
  const thin = entity.parent && entity.side ? Math.min(weight, 1.8) : weight;
  return {color, weight: thin, dashArray: stateDashes[entity.state] || dash, opacity: entity.state === 'former' ? .55 : .95, fill: false, lineCap: 'butt'};
}
function areaStyle(entity) {
  const strip = entity.parent || /strip|zone/.test(entity.kind || '');
  const color = strip ? '#6d28d9' : '#c2410c';
  return {color, weight: strip ? 0 : 1.5, dashArray: '5 4', fillColor: color, fillOpacity: strip ? .18 : .13};
}
const isDot = entity => entity.geometry.type === 'Point';
const lineLike = entity => /LineString/.test(entity.geometry.type);
function dotStyle(entity) {
  const color = entity.type === 'coordinate' ? '#047857' : entity.type === 'line' ? '#b91c1c' : entity.type === 'area' ? '#c2410c' : '#1d4ed8';
  const radius = 4 + Math.min(4, Math.log2(1 + (entity.mentions || 1)));
  return entity.status === 'attested' ? {radius, color: '#fff', weight: 1.5, fillColor: color, fillOpacity: .95} : {radius: radius - .5, color, weight: 2.5, fillColor: '#fff', fillOpacity: .9};
}
function latLngs(coordinates, depth) { return depth === 0 ? position(coordinates) : coordinates.map(inner => latLngs(inner, depth - 1)); }

let levels = false;  // a pane each for areas, lines and dots; one canvas for all where there are very many
const on = (entity, options) => levels ? Object.assign({pane: isDot(entity) ? 'dots' : lineLike(entity) ? 'lines' : 'areas'}, options) : options;
function draw(entity) {
  const {type, coordinates} = entity.geometry;
  let layer;
  if (isDot(entity)) {
    layer = L.circleMarker(position(coordinates), on(entity, dotStyle(entity)));
  } else if (lineLike(entity)) {
    const places = latLngs(coordinates, type === 'LineString' ? 1 : 2);
    const style = lineStyle(entity);
    layer = L.featureGroup([L.polyline(places, on(entity, {color: '#fff', weight: style.weight + 3, opacity: .75, interactive: false})),
      L.polyline(places, on(entity, style)), L.polyline(places, on(entity, {weight: 14, opacity: 0}))]);
  } else {
    layer = L.polygon(latLngs(coordinates, type === 'Polygon' ? 2 : 3), on(entity, areaStyle(entity)));
  }
  if (!isDot(entity)) layer.bindTooltip(element('span', '', entity.name), {sticky: true, direction: 'top', offset: [0, -6]});
  layer.on('click', event => {
    L.DomEvent.stopPropagation(event);
    choose(entity, event.latlng);
    const first = mentionList(entity).find(([d]) => d === current) || mentionList(entity)[0];
    if (first) show(...first);
  });
  return layer;
}

const titleOf = new Map(data.documents.map(doc => [doc.id, doc.title || doc.id]));
function titles(docs) {
  const told = docs.slice(0, 3).map(id => titleOf.get(id) || id).map(title => title.length > 80 ? title.slice(0, 79) + '…' : title);
  return told.join('; ') + (docs.length > 3 ? '; and ' + (docs.length - 3) + ' more documents' : '');
}
function popupFor(entity) {
  const box = element('div', 'popup ' + classOf(entity.type));
  box.append(element('div', 'kind', words(entity.kind || entity.type) + (entity.state ? ', ' + entity.state : '')), element('div', 'title', entity.name));
  box.append(facts([['also', (entity.names || []).slice(0, 8).join('; ')], ['side', entity.side], ['proposed by', entity.proposed_by], ['when', entity.when || entity.start],
    ['status', entity.status + ', ' + percent(entity.confidence)], ['doubt', entity.uncertainty_m === undefined ? '' : '± ' + metres(entity.uncertainty_m)],
    ['in', titles(entity.docs || [])], ['from', [words(entity.source || ''), entity.gazetteer_id].filter(Boolean).join(' ')]]));
  if (entity.quote) box.append(element('blockquote', '', entity.quote));
  if (entity.why && entity.why.length) box.append(steps(entity.why));
  const places = mentionList(entity);
  if (places.length) {
    let at = Math.max(0, places.findIndex(([d]) => d === current));
    const row = element('div', 'steps'), back = element('button', '', '‹'), on = element('button', '', '›'), count = element('span');
    const tell = () => { count.textContent = 'mention ' + (at + 1) + ' of ' + places.length; };
    back.onclick = () => { at = (at + places.length - 1) % places.length; tell(); show(...places[at]); };
    on.onclick = () => { at = (at + 1) % places.length; tell(); show(...places[at]); };
    tell();
    row.append(back, count, on);
    box.append(row);
  }
  return box;
}

let doubt = null;
function choose(entity, at) {
  if (doubt) doubt.remove();
  doubt = null;
  if (isDot(entity) && entity.uncertainty_m > 0) {
    doubt = L.circle(position(entity.geometry.coordinates), {radius: entity.uncertainty_m, color: '#1d4ed8', weight: 1, dashArray: '4 4', fillOpacity: .06, interactive: false}).addTo(map);
  }
  L.popup({maxWidth: 340, minWidth: 220, maxHeight: 380, autoPanPadding: [20, 20]}).setLatLng(at).setContent(popupFor(entity)).openOn(map);
}
function goTo(id) {
  if (!map) return;
  const wanted = drawn.filter(item => item.entity.id === id || item.entity.parent === id);
  if (!wanted.length) {
    map.closePopup();
    say((entities.get(id) || {name: id}).name + ': not on the map');
    return;
  }
  say('');
  const bounds = L.latLngBounds([]);
  for (const {layer} of wanted) bounds.extend(layer.getBounds ? layer.getBounds() : layer.getLatLng());
  const single = isDot(wanted[0].entity);
  if (single) map.setView(bounds.getCenter(), Math.max(map.getZoom(), 7));
  else map.fitBounds(bounds, {padding: [50, 50], maxZoom: 11});
  const first = wanted.find(({entity}) => entity.id === id) || wanted[0];
  choose(first.entity, single ? bounds.getCenter() : middle(first.entity, bounds));
}
function middle(entity, bounds) {
  if (!lineLike(entity)) {  // a strip's centre may lie outside of it
    let ring = entity.geometry.coordinates;
    while (Array.isArray(ring[0][0])) ring = ring[0];
    return entity.parent ? position(ring[Math.floor(ring.length / 4)]) : bounds.getCenter();
  }
  const lines = entity.geometry.type === 'LineString' ? [entity.geometry.coordinates] : entity.geometry.coordinates;
  const longest = lines.reduce((a, b) => b.length > a.length ? b : a);
  return position(longest[Math.floor(longest.length / 2)]);
}
const inDocument = doc => drawn.filter(({entity}) => (entity.docs || []).includes(doc.id));
const focusOf = doc => {  // its lines and areas, or else its places
  const items = inDocument(doc), wide = items.filter(({entity}) => !isDot(entity));
  return wide.length ? wide : items;
};
function fitTo(items) {
  if (!map || !items.length) return;
  const bounds = L.latLngBounds([]);
  for (const {layer} of items) bounds.extend(layer.getBounds ? layer.getBounds() : layer.getLatLng());
  map.fitBounds(bounds, {padding: [40, 40], maxZoom: 10});
}
function say(message) { $('notice').textContent = message; }

function unpack(numbers, shift) {
  const ring = [];
  for (let i = 0, x = 0, y = 0; i < numbers.length; i += 2) {
    x += numbers[i];
    y += numbers[i + 1];
    ring.push([y / 1000, x / 1000 + shift]);
  }
  return ring;
}
function drawLand(pane) {
  const renderer = L.canvas({pane, padding: .5});
  const paper = {renderer, interactive: false, stroke: false, fillColor: '#f7f4ec', fillOpacity: 1};
  const coast = {renderer, interactive: false, color: '#8fa3b5', weight: 1};
  const edge = (p, q, frame) => [[1, 0], [0, 1], [1, 2], [0, 3]].some(([axis, side]) => Math.abs(p[axis] - frame[side]) < .0011 && Math.abs(q[axis] - frame[side]) < .0011);
  const land = (polygons, frame, shift) => {
    for (const rings of polygons) {
      const unpacked = rings.map(ring => unpack(ring, shift));
      L.polygon(unpacked, paper).addTo(map);
      for (const ring of unpacked) {  // the coast is the outline without the cut along the frame
        let line = [];
        const flush = () => { if (line.length > 1) L.polyline(line, coast).addTo(map); };
        ring.forEach((p, i) => {
          if (i && edge(ring[i - 1], p, frame)) { flush(); line = []; }
          line.push(p);
        });
        flush();
      }
    }
  };
  if (data.world) for (const shift of across ? [0, 360] : [0]) land(data.world, [-180 + shift, -85, 180 + shift, 85], shift);
  for (const {box, land: detail} of data.frames || []) {
    const shift = across && box[2] <= 0 ? 360 : 0;
    const frame = [box[0] + shift, box[1], box[2] + shift, box[3]];
    L.rectangle([[frame[1], frame[0]], [frame[3], frame[2]]], {renderer, interactive: false, stroke: false, fillColor: '#dfeaf3', fillOpacity: 1}).addTo(map);
    land(detail, frame, shift);
  }
}

const net = {group: null};
function drawNet() {
  net.group.clearLayers();
  const bounds = map.getBounds();
  const beyond = bounds.pad(.5);
  const step = [.1, .25, .5, 1, 2, 5, 10, 20, 30].find(s => (bounds.getEast() - bounds.getWest()) / s <= 8) || 45;
  const style = {color: '#94a3b8', weight: .6, opacity: .55, interactive: false, pane: 'net'};
  const name = (value, plus, minus) => {
    const shown = Math.abs(((value + 540) % 360) - 180);
    return +shown.toFixed(2) + '°' + (value === 0 ? '' : value > 0 && value <= 180 || value < -180 ? plus : minus);
  };
  const mark = (at, text, anchor) => L.marker(at, {interactive: false, pane: 'net', icon: L.divIcon({className: 'degrees', html: text, iconSize: null, iconAnchor: anchor})}).addTo(net.group);
  for (let k = Math.ceil(bounds.getWest() / step); k * step < bounds.getEast(); ++k) {
    L.polyline([[Math.max(-85, beyond.getSouth()), k * step], [Math.min(85, beyond.getNorth()), k * step]], style).addTo(net.group);
    mark([bounds.getNorth(), k * step], name(k * step, 'E', 'W'), [-3, -2]);
  }
  for (let k = Math.ceil(Math.max(-85, bounds.getSouth()) / step); k * step < Math.min(85, bounds.getNorth()); ++k) {
    L.polyline([[k * step, beyond.getWest()], [k * step, beyond.getEast()]], style).addTo(net.group);
    mark([k * step, bounds.getEast()], name(k * step, 'N', 'S'), [42, 15]);
  }
}

// Names of the places that are mentioned most, as many as don't overlap.
function labels() {
  const taken = [];
  const view = map.getBounds().pad(.05);
  const dots = drawn.filter(item => isDot(item.entity)).sort((a, b) => (b.entity.mentions || 0) - (a.entity.mentions || 0));
  let count = 0;
  for (const item of dots) {
    const at = item.layer.getLatLng();
    let fits = map.hasLayer(item.layer) && view.contains(at) && count < 150;
    if (fits) {
      const p = map.latLngToContainerPoint(at), width = item.entity.name.length * 7 + 12;
      const box = [p.x - 4, p.y - 9, p.x + width, p.y + 9];
      fits = !taken.some(t => box[0] < t[2] && t[0] < box[2] && box[1] < t[3] && t[1] < box[3]);
      if (fits) taken.push(box);
    }
    if (fits) ++count;
    if (item.named === fits) continue;
    item.named = fits;
    item.layer.unbindTooltip().bindTooltip(element('span', '', item.entity.name),
      fits ? {permanent: true, direction: 'right', offset: [6, 0], className: 'name'} : {direction: 'top', offset: [0, -6]});
  }
}

const dayMs = 86400000;
const dayOf = text => Math.floor(Date.parse(text) / dayMs);
function restyle() {
  if (!map) return;
  const doc = data.documents[current];
  const byDay = $('by-day').checked, day = Number($('day').value);
  for (const {entity, layer} of drawn) {
    let shown = !off.has(entity.type);
    if (shown && $('only').checked && doc) shown = (entity.docs || []).includes(doc.id);
    if (shown && byDay && (entity.start || entity.end)) shown = dayOf(entity.start || entity.end) <= day && day <= dayOf(entity.end || entity.start);
    if (doc && /Polygon/.test(entity.geometry.type)) {  // areas of other documents stay in the background
      const own = (entity.docs || []).includes(doc.id), style = areaStyle(entity);
      layer.setStyle(own ? {opacity: 1, fillOpacity: style.fillOpacity} : {opacity: .3, fillOpacity: .04});
    }
    if (shown !== map.hasLayer(layer)) shown ? layer.addTo(map) : layer.remove();
  }
  legend();
  $('day-name').textContent = byDay ? new Date(day * dayMs).toISOString().slice(0, 10) : 'any day';
  labels();
}

function legend() {
  const box = $('legend');
  box.replaceChildren();
  const shown = drawn.filter(({layer}) => map.hasLayer(layer));
  const svg = (inner) => {
    const node = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    node.setAttribute('width', 34);
    node.setAttribute('height', 14);
    node.innerHTML = inner;
    return node;
  };
  const row = (inner, label) => {
    const line = element('div', 'row');
    line.append(svg(inner), element('span', '', label));
    box.append(line);
  };
  const lines = new Map();
  for (const {entity} of shown) if (lineLike(entity)) lines.set((entity.kind || 'line') + '|' + (entity.state || ''), entity);
  const areas = shown.filter(({entity}) => /Polygon/.test(entity.geometry.type));
  const strip = areas.find(({entity}) => areaStyle(entity).weight === 0), region = areas.find(({entity}) => areaStyle(entity).weight > 0);
  const head = element('h3', 'fold', 'Map');
  head.title = 'Fold or unfold';
  head.onclick = () => box.classList.toggle('folded');
  box.append(head);
  for (const entity of lines.values()) {
    const style = lineStyle(entity);
    row('<line x1="0" y1="7" x2="34" y2="7" stroke="' + style.color + '" stroke-width="' + style.weight + '" stroke-dasharray="' + (style.dashArray || '') + '"/>',
      words(entity.kind || 'line') + (entity.state && entity.state !== 'actual' ? ', ' + entity.state : ''));
  }
  if (strip) row('<rect x="1" y="1" width="32" height="12" fill="#6d28d9" fill-opacity=".2"/>', words(strip.entity.kind || 'strip'));
  if (region) row('<rect x="1" y="1" width="32" height="12" fill="#c2410c" fill-opacity=".15" stroke="#c2410c" stroke-dasharray="5 4"/>', 'area');
  if (shown.some(({entity}) => isDot(entity) && entity.type === 'place' && entity.status === 'attested')) row('<circle cx="17" cy="7" r="5" fill="#1d4ed8" stroke="#fff"/>', 'place');
  if (shown.some(({entity}) => isDot(entity) && entity.type === 'place' && entity.status !== 'attested')) row('<circle cx="17" cy="7" r="4.5" fill="#fff" stroke="#1d4ed8" stroke-width="2.5"/>', 'place, inferred');
  if (shown.some(({entity}) => isDot(entity) && entity.type === 'area')) row('<circle cx="17" cy="7" r="5" fill="#c2410c" stroke="#fff"/>', 'area, about here');
  if (shown.some(({entity}) => entity.type === 'coordinate')) row('<circle cx="17" cy="7" r="5" fill="#047857" stroke="#fff"/>', 'coordinate');
  const unplaced = data.entities.filter(entity => (entity.type === 'line' || entity.type === 'area') && !entity.geometry && !parts.has(entity.id) &&
    mentionList(entity).some(([d]) => d === current));
  if (unplaced.length) {
    box.append(element('h3', '', 'In this text, not placed'));
    for (const entity of unplaced.slice(0, 12)) {
      const button = element('button', '', entity.name);
      button.onclick = () => { const first = mentionList(entity)[0]; if (first) show(...first); };
      box.append(button);
    }
    if (unplaced.length > 12) box.append(element('div', '', 'and ' + (unplaced.length - 12) + ' more'));
  }
  box.hidden = box.children.length < 2;
}

function startMap() {
  if (typeof L === 'undefined') {
    $('map').append(element('p', 'empty', 'This page was written by a build without a map.'));
    return;
  }
  const placed = data.entities.filter(entity => entity.geometry);
  map = L.map('map', {zoomSnap: .25, zoomDelta: .5, minZoom: 1, maxZoom: 15, preferCanvas: placed.length > 1500, zoomControl: false, worldCopyJump: false, attributionControl: false});
  L.control.zoom({position: 'topleft'}).addTo(map);
  L.control.scale({position: 'bottomleft', maxWidth: 160}).addTo(map);
  for (const [name, level] of [['land', 200], ['net', 250]]) {
    map.createPane(name).style.zIndex = level;
    map.getPane(name).style.pointerEvents = 'none';
  }
  levels = placed.length <= 1500;
  if (levels) for (const [name, level] of [['areas', 410], ['lines', 420], ['dots', 430]]) map.createPane(name).style.zIndex = level;
  const order = entity => isDot(entity) ? 3 : lineLike(entity) ? (entity.kind === 'front_line' ? 2 : 1) : 0;
  for (const entity of placed.sort((a, b) => order(a) - order(b))) {
    drawn.push({entity, layer: draw(entity)});
  }
  const home = () => {
    if (data.focus) map.fitBounds([[data.focus[1], data.focus[0]], [data.focus[3], lonOf(data.focus[2])]], {padding: [45, 45], maxZoom: 10});
    else map.setView([25, 20], 2);
  };
  home();
  $('fit').hidden = !placed.some(lineLike);
  $('fit').onclick = home;
  $('fit-text').onclick = () => data.documents.length && fitTo(inDocument(data.documents[current]));
  $('fit-all').onclick = () => fitTo(drawn);
  drawLand('land');
  net.group = L.layerGroup().addTo(map);
  map.on('moveend zoomend resize', () => { drawNet(); labels(); });
  map.on('popupclose', () => { if (doubt) doubt.remove(); doubt = null; });
  drawNet();
  if (!data.world) $('buttons').prepend(element('span', 'missing', 'no coastline in this build'));
  const days = placed.flatMap(entity => [entity.start, entity.end]).filter(Boolean).map(dayOf).filter(Number.isFinite);
  const first = Math.min(...days), last = Math.max(...days);
  if (days.length && last > first) {
    $('dating').hidden = false;
    Object.assign($('day'), {min: first, max: last, value: first});
    $('by-day').onchange = () => { $('day').disabled = !$('by-day').checked; restyle(); };
    $('day').oninput = restyle;
  }
  $('only').onchange = restyle;
}

startMap();
const counted = data.documents.length + (data.documents.length === 1 ? ' document' : ' documents');
$('counts').textContent = counted + (data.left_out ? ', ' + data.left_out + ' more left out of this page' : '') +
  (data.features_left_out ? ', ' + data.features_left_out + ' features left out' : '');
if (data.documents.length) follow() || render(0);
else text.append(element('p', 'empty', 'No documents.'));
restyle();
