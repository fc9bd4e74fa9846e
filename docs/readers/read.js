// Prints article, label and words of every mark in a file of Sourcelight: node read.js FILE
const file = JSON.parse(require("fs").readFileSync(process.argv[2], "utf8"));
for (const { id, text, annotations } of file.documents) {
  for (const { label, fragments } of annotations) {
    for (const { utf16, exact } of fragments) {
      const words = text.slice(...utf16);
      if (words !== exact) throw new Error(`${words} is not ${exact}`);
      console.log([id, label, JSON.stringify(words)].join("\t"));
    }
  }
}
