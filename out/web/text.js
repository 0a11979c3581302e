// The text of a document with its mentions, and the address of a mention.
const text = $('text'), hint = $('hint');
let current = -1;
const off = new Set();

function render(index, fit = true) {
  current = index;
  const doc = data.documents[index];
  $('picker').value = String(index);
  const metadata = $('metadata');
  metadata.replaceChildren();
  for (const [name, value] of [['Title', doc.title || doc.id], ['Date', doc.date], ['From', doc.sender], ['To', (doc.recipients || []).join('; ')], ['Archive', doc.archive_reference]]) {
    if (value) metadata.append(element('dt', '', name), element('dd', '', value));
  }
  text.replaceChildren();
  const open = [{node: text, end: doc.text.length}];
  let at = 0;
  const write = to => {
    if (to > at) open[open.length - 1].node.append(document.createTextNode(doc.text.slice(at, to)));
    at = Math.max(at, to);
  };
  const close = before => {
    while (open.length > 1 && open[open.length - 1].end <= before) {
      write(open[open.length - 1].end);
      open.pop();
    }
  };
  doc.mentions.forEach((mention, m) => {
    close(mention.b);
    write(mention.b);
    const node = element('span', 'm ' + classOf(mention.t) + ' ' + mention.s);
    node.dataset.m = m;
    node.tabIndex = off.has(mention.t) ? -1 : 0;
    if (mention.n) node.dataset.n = mention.n;
    if (off.has(mention.t)) node.classList.add('off');
    open[open.length - 1].node.append(node);
    open.push({node, end: mention.e});
  });
  close(doc.text.length);
  write(doc.text.length);
  text.scrollTop = 0;
  hint.hidden = true;
  countTypes(doc);
  restyle();
  if (fit) fitTo(focusOf(doc));
}

function countTypes(doc) {
  const box = $('types');
  box.replaceChildren();
  for (const type of types) {
    const number = doc.mentions.filter(mention => mention.t === type).length;
    if (!number) continue;
    const button = element('button', classOf(type));
    button.type = 'button';
    button.setAttribute('aria-pressed', String(!off.has(type)));
    button.append(element('span', 'swatch'), element('span', '', words(type)), element('span', 'number', number));
    button.onclick = () => {
      off.has(type) ? off.delete(type) : off.add(type);
      button.setAttribute('aria-pressed', String(!off.has(type)));
      for (const node of text.querySelectorAll('.m.' + classOf(type))) {
        node.classList.toggle('off', off.has(type));
        node.tabIndex = off.has(type) ? -1 : 0;
      }
      restyle();
    };
    box.append(button);
  }
}

function show(d, m, scroll = true) {
  if (d !== current) render(d, false);
  const node = text.querySelector('[data-m="' + m + '"]');
  if (!node) return;
  mark(data.documents[d].mentions[m].n, node);
  remember(d, m);
  if (scroll) node.scrollIntoView({block: 'center'});
}
function mark(entityId, node) {
  for (const old of text.querySelectorAll('.same, .chosen')) old.classList.remove('same', 'chosen');
  if (entityId) for (const other of text.querySelectorAll('.m')) if (other.dataset.n === entityId) other.classList.add('same');
  if (node) node.classList.add('chosen');
}

function hintFor(mention, doc) {
  const entity = entities.get(mention.n);
  hint.className = classOf(mention.t);
  hint.replaceChildren(element('div', 'kind', words(mention.t)), element('div', 'title', doc.text.slice(mention.b, mention.e).replace(/\s+/g, ' ')));
  const pairs = Object.entries(mention.v).filter(([name]) => name !== 'anchors').map(([name, value]) => [words(name), flat(value)]);
  if (entity && entity.name) pairs.push(['entity', entity.name]);
  pairs.push(['status', mention.s + ', ' + percent(mention.c)]);
  hint.append(facts(pairs), steps(mention.w));
}
const mentionNode = event => {
  const node = event.target.closest('.m');
  return node && !node.classList.contains('off') ? node : null;
};
function tellAt(node, x, top, bottom) {  // beside the pointer or under the node, inside of the window
  const doc = data.documents[current];
  if (hint.hidden || hint.dataset.m !== node.dataset.m) hintFor(doc.mentions[node.dataset.m], doc);
  hint.dataset.m = node.dataset.m;
  hint.hidden = false;
  const box = hint.getBoundingClientRect();
  hint.style.left = Math.max(4, Math.min(x, innerWidth - box.width - 8)) + 'px';
  hint.style.top = (bottom + box.height > innerHeight ? Math.max(4, top - box.height) : bottom) + 'px';
}
text.addEventListener('mousemove', event => {
  const node = mentionNode(event);
  if (node) tellAt(node, event.clientX + 14, event.clientY - 12, event.clientY + 18);
  else hint.hidden = true;
});
text.addEventListener('mouseleave', () => { hint.hidden = true; });
text.addEventListener('focusin', event => {
  const node = event.target.matches('.m:focus-visible') && mentionNode(event);
  if (!node) return;
  const box = node.getClientRects()[0];
  tellAt(node, box.left, box.top - 6, box.bottom + 6);
});
text.addEventListener('focusout', () => { hint.hidden = true; });
function pick(node) {
  const m = Number(node.dataset.m), mention = data.documents[current].mentions[m];
  mark(mention.n, node);
  remember(current, m);
  if (mention.n) goTo(mention.n);
}
text.addEventListener('click', event => {
  const node = mentionNode(event);
  if (node && getSelection().isCollapsed) pick(node);
});
text.addEventListener('keydown', event => {
  const node = mentionNode(event);
  if (!node || (event.key !== 'Enter' && event.key !== ' ')) return;
  event.preventDefault();
  pick(node);
});
addEventListener('keydown', event => { if (event.key === 'Escape') hint.hidden = true; });

// The address names what is shown: #mention=ID or #document=ID, as in the other files.
function remember(d, m) { history.replaceState(null, '', '#mention=' + encodeURIComponent(data.documents[d].id + '#m' + m)); }
function follow() {
  let found;
  try {
    found = /^#(mention|document)=(.+)$/.exec(location.hash);
    if (found) found[2] = decodeURIComponent(found[2]);
  } catch { return false; }  // a % that encodes nothing
  if (!found) return false;
  const [, what, id] = found;
  const cut = what === 'mention' ? id.lastIndexOf('#m') : id.length;
  const d = data.documents.findIndex(doc => doc.id === id.slice(0, cut));
  const m = Number(id.slice(cut + 2));
  const mention = d >= 0 && what === 'mention' && data.documents[d].mentions[m];
  if (d < 0 || (what === 'mention' && !mention)) {
    say(id + ' is not in this page');
    return false;
  }
  if (!mention) {
    render(d);
    return true;
  }
  show(d, m);
  if (mention.n) goTo(mention.n);
  return true;
}
addEventListener('hashchange', follow);

const picker = $('picker');
data.documents.forEach((doc, d) => {
  const option = element('option', '', (doc.date ? doc.date + '  ' : '') + (doc.title || doc.id));
  option.value = String(d);
  picker.append(option);
});
picker.onchange = () => render(Number(picker.value));
$('previous').onclick = () => current > 0 && render(current - 1);
$('next').onclick = () => current + 1 < data.documents.length && render(current + 1);
$('version').textContent = data.version;
$('about-open').onclick = () => $('about').showModal();
