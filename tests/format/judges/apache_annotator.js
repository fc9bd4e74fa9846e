// @apache-annotator/dom finds each position and each quote in a page (jsdom) that shows the text.
const { article, annotations, check, need, run, say, selectors, targets, version, whole } = require("./seen.js");

run(async () => {
  const { JSDOM } = await need("jsdom");
  const dom = await need("@apache-annotator/dom");
  const window = new JSDOM("<!DOCTYPE html><body></body>").window;
  Object.assign(globalThis, {
    document: window.document, Node: window.Node, NodeFilter: window.NodeFilter, Range: window.Range,
  });
  const shown = new Map();
  const page = (doc) => {
    if (!shown.has(doc)) {
      const element = window.document.body.appendChild(window.document.createElement("pre"));
      // Text nodes of a few words, as a page has them.
      for (const piece of whole(`${doc}.txt`).match(/[^]{1,40}/gu)) element.append(piece);
      shown.set(doc, element);
    }
    return shown.get(doc);
  };
  const found = async (match, scope) => {
    const all = [];
    for await (const range of match(scope)) all.push(range.toString());
    return all;
  };
  const spans = [];
  for (const annotation of annotations()) {
    const doc = article(annotation);
    for (const target of targets(annotation)) {
      const [position, quote] = selectors(target);
      const at = await found(dom.createTextPositionSelectorMatcher(position), page(doc));
      const by = await found(dom.createTextQuoteSelectorMatcher(quote), page(doc));
      check(at.length === 1 && at[0] === quote.exact, [position, at]);
      check(by.length >= 1 && by.every((it) => it === quote.exact), [quote, by]);
      spans.push([doc, annotation.body[0].value, position.start, position.end, at[0]]);
    }
  }
  say(version("@apache-annotator/dom"), spans);
});
