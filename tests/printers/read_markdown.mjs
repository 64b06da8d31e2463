// read_markdown.mjs FOLDER: prints as JSON what micromark (CommonMark and GFM) finds in the numbered .md files, in the
// form that random_markdown.cpp expects.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "../tools/load.mjs";

const { fromMarkdown } = await load("mdast-util-from-markdown");
const { gfmFromMarkdown } = await load("mdast-util-gfm");
const { gfm } = await load("micromark-extension-gfm");

// Without the step that looks for addresses in finished text: GitHub does that for mail addresses alone, and no way of
// writing one prevents it.
const mdastExtensions = gfmFromMarkdown().map(({ transforms, ...rest }) => rest);

function runs(node, style, to) {
  const shown = () =>
    style.link + (style.strong ? " strong" : "") + (style.emphasis ? " emphasis" : "");
  for (const child of node.children) {
    switch (child.type) {
      case "text": to.push([shown(), child.value]); break;
      case "inlineCode": to.push([shown() + " code", child.value]); break;
      case "break": to.push(["", "\n"]); break;
      case "strong": runs(child, { ...style, strong: true }, to); break;
      case "emphasis": runs(child, { ...style, emphasis: true }, to); break;
      case "link": runs(child, { ...style, link: child.url }, to); break;
      default: to.push([`unexpected ${child.type}`, JSON.stringify(child.value ?? "")]);
    }
  }
  return to;
}

const line = (node) => ({ runs: runs(node, { link: "", strong: false, emphasis: false }, []) });

function block(node) {
  switch (node.type) {
    case "heading": return ["heading", node.depth, line(node)];
    case "paragraph": return ["paragraph", line(node)];
    case "code": return ["code", node.lang, node.value];
    case "table": return ["table", node.children.map((row) => row.children.map(line))];
    case "list":
      return ["list", node.ordered, node.children.map((item) => [item.checked ?? null, item.children.map(block)])];
    case "blockquote": return ["quote", node.children.map(block)];
    case "html":
      return /^<!--[^]*-->$/.test(node.value) && node.value.indexOf("-->") === node.value.length - 3
        ? "comment"
        : ["html", node.value];
    default: return [`unexpected ${node.type}`];
  }
}

const documents = [];
for (let i = 0; ; ++i) {
  const path = join(process.argv[2], `${i}.md`);
  if (!existsSync(path)) break;
  const tree = fromMarkdown(readFileSync(path, "utf8"), { extensions: [gfm()], mdastExtensions });
  documents.push(tree.children.map(block));
}
console.log(JSON.stringify(documents));
