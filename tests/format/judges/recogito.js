// @recogito/text-annotator parses every annotation. It counts UTF-16 units, so its own
// cut of the text is compared only where nothing up to its end is of two units; elsewhere it has the quote.
const { annotations, article, check, need, run, say, targets, version, whole } = require("./seen.js");

run(async () => {
  const { JSDOM } = await need("jsdom");
  const window = new JSDOM("<!DOCTYPE html><body></body>", { pretendToBeVisual: true, url: "https://example.org/" }).window;
  for (const name of Object.getOwnPropertyNames(window)) {
    if (!(name in globalThis)) globalThis[name] = window[name];
  }
  globalThis.window = window;
  globalThis.document = window.document;
  const { W3CTextFormat } = await need("@recogito/text-annotator");
  const all = annotations();
  const spans = [];
  let cut = 0;
  for (const doc of new Set(all.map(article))) {
    const own = all.filter((it) => article(it) === doc);
    const text = whole(`${doc}.txt`);
    const element = window.document.body.appendChild(window.document.createElement("pre"));
    element.textContent = text;
    const format = W3CTextFormat(targets(own[0])[0].source, element);
    for (const [at, one] of own.entries()) {
      const { parsed: it, error } = format.parse(one);
      check(it && !error, String(error));
      const label = it.bodies.find((body) => body.purpose === "tagging").value;
      check(label === own[at].body[0].value, it);
      for (const part of it.target.selector) {
        const upTo = [...text].slice(0, part.end).join("");
        if (upTo.length === part.end) {
          check(text.slice(part.start, part.end) === part.quote, part);
          cut += 1;
        }
        spans.push([doc, label, part.start, part.end, part.quote]);
      }
    }
  }
  check(cut > 0, "it has cut nothing out");
  say(version("@recogito/text-annotator"), spans);
});
