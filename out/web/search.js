// The search: names of the entities and what the texts call them, without regard to case and accents.
const find = $('find'), found = $('found');
const folded = name => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
let index = null;
function indexed() {
  if (index) return index;
  index = data.entities.filter(entity => mentionList(entity).length).map(entity => {
    const names = new Set([entity.name, ...(entity.names || [])]);
    for (const [d, m] of mentionList(entity)) {
      const mention = data.documents[d].mentions[m];
      names.add(data.documents[d].text.slice(mention.b, mention.e));
    }
    return {entity, keys: [...names].map(folded)};
  });
  return index;
}
function look() {
  const wanted = folded(find.value.trim());
  found.replaceChildren();
  found.hidden = !wanted;
  if (!wanted) return;
  const rank = keys => Math.min(...keys.map(key => key === wanted ? 0 : key.startsWith(wanted) ? 1 : key.includes(wanted) ? 2 : 3));
  const hits = indexed().map(({entity, keys}) => ({entity, rank: rank(keys)})).filter(hit => hit.rank < 3)
    .sort((a, b) => a.rank - b.rank || mentionList(b.entity).length - mentionList(a.entity).length);
  for (const {entity} of hits.slice(0, 30)) {
    const button = element('button', classOf(entity.type));
    button.type = 'button';
    button.append(element('span', 'swatch'), element('span', 'found-name', entity.name), element('span', 'number', words(entity.kind || entity.type) + ', ' + mentionList(entity).length));
    button.onclick = () => {
      found.hidden = true;
      show(...(mentionList(entity).find(([d]) => d === current) || mentionList(entity)[0]));
      goTo(entity.id);
    };
    found.append(button);
  }
  if (hits.length > 30) found.append(element('div', 'number', 'and ' + (hits.length - 30) + ' more'));
  if (!hits.length) found.append(element('div', 'number', 'no such name'));
}
find.oninput = look;
find.onfocus = look;
find.onkeydown = event => {
  if (event.key === 'Escape') found.hidden = true;
  if (event.key === 'Enter' && found.firstElementChild && found.firstElementChild.click) found.firstElementChild.click();
};
document.addEventListener('click', event => { if (!event.target.closest('#search')) found.hidden = true; });
