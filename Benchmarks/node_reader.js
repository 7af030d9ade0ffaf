// Takes the forwards in text files apart with email-forward-parser, whose folder is the first argument.
const fs = require("fs");
const Parser = require(process.argv[2]);

const parser = new (Parser.default || Parser)();
for (const path of process.argv.slice(3)) {
    console.log(JSON.stringify(parser.read(fs.readFileSync(path, "utf8"), "Fwd: Pris")));
}
