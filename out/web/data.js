// What the page holds, and the pieces of it that texts and map share. The scripts of the page are joined in one block: data, text, search, map.
const data = JSON.parse(document.getElementById('data').textContent);
const $ = id => document.getElementById(id);
const types = ['place', 'line', 'area', 'coordinate', 'military_unit', 'person', 'organisation', 'date', 'measure', 'document_ref'];
const kindLabels = new Map(data.kinds.map(kind => [kind.name, kind.label]));  // of the kinds that rule files declare
types.push(...kindLabels.keys());
const classOf = type => kindLabels.has(type) ? 'declared-' + type : type;
const words = text => kindLabels.get(text) || text.replace(/_/g, ' ');
const colours = element('style');
for (const kind of data.kinds) colours.append('.' + classOf(kind.name) + ' { --colour: ' + kind.colour + '; }\n');
document.head.append(colours);
const entities = new Map(data.entities.map(entity => [entity.id, entity]));
const parts = new Map();     // entity id -> the entities that draw it
const mentionsOf = new Map();  // entity id -> [document, mention]
for (const entity of data.entities) {
  if (!entity.parent) continue;
  if (!parts.has(entity.parent)) parts.set(entity.parent, []);
  parts.get(entity.parent).push(entity);
}
data.documents.forEach((doc, d) => doc.mentions.forEach((mention, m) => {
  if (!mention.n) return;
  if (!mentionsOf.has(mention.n)) mentionsOf.set(mention.n, []);
  mentionsOf.get(mention.n).push([d, m]);
}));
const mentionList = entity => mentionsOf.get(entity.id) || (entity.parent && mentionsOf.get(entity.parent)) || [];

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
function facts(pairs) {
  const list = element('dl', 'facts');
  for (const [name, value] of pairs) {
    if (value === undefined || value === null || value === '') continue;
    list.append(element('dt', '', name), element('dd', '', String(value)));
  }
  return list;
}
function steps(why) {
  const list = element('ol', 'why');
  for (const step of why || []) list.append(element('li', '', step));
  return list;
}
const percent = confidence => Math.round(confidence * 100) + ' %';
const metres = m => m >= 1000 ? (m / 1000).toFixed(m >= 10000 ? 0 : 1) + ' km' : Math.round(m) + ' m';
function flat(value) {
  if (value === null) return '';
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'object') return Object.entries(value).map(([name, inner]) => words(name) + ' ' + flat(inner)).join(', ');
  return value;
}
