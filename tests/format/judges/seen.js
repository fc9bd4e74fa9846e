// What the judges in JavaScript share: as seen.py. Packages are looked for where NODE_PATH says.
const fs = require("fs");
const path = require("path");

exports.folder = process.argv[2];

exports.whole = (name) => fs.readFileSync(path.join(exports.folder, name), "utf8");

exports.annotations = () => JSON.parse(exports.whole("annotations.jsonld"));

exports.targets = (annotation) => [annotation.target].flat();

// The article that an annotation is about.
exports.article = (annotation) => annotation.id.split(":").at(-2);

// The position and the quote of a target.
exports.selectors = (target) =>
  ["TextPositionSelector", "TextQuoteSelector"].map((type) => target.selector.find((it) => it.type === type));

exports.check = (holds, told) => {
  if (!holds) throw new Error(typeof told === "string" ? told : JSON.stringify(told));
};

// What the package's own description says of it; nothing where it is not installed.
const described = (name) => {
  for (const folder of require.resolve.paths(name)) {
    const file = path.join(folder, name, "package.json");
    if (fs.existsSync(file)) return { folder: path.dirname(file), ...JSON.parse(fs.readFileSync(file, "utf8")) };
  }
  return undefined;
};

// A package, or the end of the judge where it is not installed. Of those that come in both kinds the newer
// kind is taken: what some of them have for `require` is empty.
exports.need = async (name) => {
  const known = described(name);
  if (!known) {
    console.error(`${name} is not installed`);
    process.exit(77);
  }
  return known.module && known.type === "module" ? import(path.join(known.folder, known.module)) : require(name);
};

exports.version = (name) => `${name} ${described(name).version}`;

exports.say = (consumer, spans) => {
  process.stdout.write(JSON.stringify({ consumer, spans }));
};

exports.run = (work) =>
  work().then(
    () => process.exit(0),
    (error) => {
      console.error(String(error.stack || error));
      process.exit(1);
    },
  );
