// jsonld.js expands annotations and relations: every key and every type is a term of the Web Annotation
// vocabulary, so none vanishes. The terms are written down here, since a judge must not need a network.
const fs = require("fs");
const path = require("path");
const { annotations, article, check, folder, need, run, say, selectors, targets, version } = require("./seen.js");

const CONTEXT = "http://www.w3.org/ns/anno.jsonld";
const node = (iri) => ({ "@id": iri, "@type": "@id" });
const time = (iri) => ({ "@id": iri, "@type": "http://www.w3.org/2001/XMLSchema#dateTime" });
const number = (iri) => ({ "@id": iri, "@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger" });
const oa = (name) => `http://www.w3.org/ns/oa#${name}`;
const terms = {
  id: { "@id": "@id" },
  type: { "@id": "@type", "@type": "@id" },
  Annotation: oa("Annotation"),
  TextualBody: oa("TextualBody"),
  SpecificResource: oa("SpecificResource"),
  TextPositionSelector: oa("TextPositionSelector"),
  TextQuoteSelector: oa("TextQuoteSelector"),
  Person: "http://xmlns.com/foaf/0.1/Person",
  body: node(oa("hasBody")),
  target: node(oa("hasTarget")),
  source: node(oa("hasSource")),
  selector: node(oa("hasSelector")),
  motivation: { "@id": oa("motivatedBy"), "@type": "@vocab" },
  purpose: { "@id": oa("hasPurpose"), "@type": "@vocab" },
  creator: node("http://purl.org/dc/terms/creator"),
  created: time("http://purl.org/dc/terms/created"),
  modified: time("http://purl.org/dc/terms/modified"),
  name: "http://xmlns.com/foaf/0.1/name",
  format: "http://purl.org/dc/elements/1.1/format",
  language: "http://purl.org/dc/elements/1.1/language",
  value: "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
  exact: oa("exact"),
  prefix: oa("prefix"),
  suffix: oa("suffix"),
  start: number(oa("start")),
  end: number(oa("end")),
};
for (const word of ["commenting", "describing", "highlighting", "linking", "tagging"]) terms[word] = oa(word);

// How many keys a value has that are statements; an empty list states nothing.
const keys = (value) => {
  if (Array.isArray(value)) return value.reduce((sum, it) => sum + keys(it), 0);
  if (value === null || typeof value !== "object") return 0;
  if ("@value" in value) return 0;
  const own = Object.entries(value).filter(([key, it]) => key !== "@context" && !(Array.isArray(it) && !it.length));
  return own.reduce((sum, [, it]) => sum + 1 + keys(it), 0);
};
// A node of which only the name is said is an object with one key after expansion, and a string before.
const expandedKeys = (value) => {
  if (Array.isArray(value)) return value.reduce((sum, it) => sum + expandedKeys(it), 0);
  if (value === null || typeof value !== "object" || "@value" in value) return 0;
  const own = Object.entries(value);
  if (own.length === 1 && own[0][0] === "@id") return 0;
  return own.reduce((sum, [, it]) => sum + 1 + expandedKeys(it), 0);
};
const isKnown = (iri) => /^https?:|^urn:/.test(iri);

run(async () => {
  const jsonld = await need("jsonld");
  const documentLoader = async (url) => {
    check(url === CONTEXT, `it asks for ${url}`);
    return { document: { "@context": terms }, documentUrl: url, contextUrl: null };
  };
  const expanded = async (value) => {
    const [made] = await jsonld.expand(value, { documentLoader });
    const linked = keys(value);
    check(expandedKeys(made) === linked, [linked, expandedKeys(made), value, made]);
    for (const it of [made["@type"]].flat()) check(isKnown(it), it);
    return made;
  };
  const spans = [];
  for (const annotation of annotations()) {
    const made = await expanded(annotation);
    const said = made[oa("hasTarget")];
    check(said.length === targets(annotation).length, annotation);
    for (const target of said) {
      const selectors = target[oa("hasSelector")];
      const of = (name) => selectors.map((it) => it[oa(name)]?.[0]["@value"]).find((it) => it !== undefined);
      spans.push([article(annotation), annotation.body[0].value, of("start"), of("end"), of("exact")]);
    }
  }
  if (fs.existsSync(path.join(folder, "relations.jsonld"))) {
    const links = JSON.parse(fs.readFileSync(path.join(folder, "relations.jsonld"), "utf8"));
    for (const link of links) await expanded(link);
  }
  // A key that is no term must be missed.
  const odd = { ...annotations()[0], madeUp: "x" };
  const [lost] = await jsonld.expand(odd, { documentLoader });
  check(expandedKeys(lost) === keys(odd) - 1, "a key that is no term is not missed");
  say(version("jsonld"), spans);
});
