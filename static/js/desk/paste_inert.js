/* HTML in which nothing is left that the CSP refuses, so that it can be parsed. One pass from the
   beginning to the end, whatever somebody has put on the clipboard: no search begins anew. */

const OPENING = /<(?:(style|script|xml|title)(?=[\s/>])|!--)/gi;
const START = /<[a-z][^\s/>]*/gi;
const ATTRIBUTE = /[\s/]+|(=?[^\s/>=]*)(\s*=\s*(?:"[^"]*"|'[^']*'|(?!["'])[^\s>]*))?/y;
const REFUSED = /^(style|on[a-z]+)$/i;

/** Without the parts that are no text: styles, scripts, comments. One without an end is the last. */
function withoutBlocks(html) {
  const kept = [];
  let at = 0;
  OPENING.lastIndex = 0;
  for (let found = OPENING.exec(html); found; found = OPENING.exec(html)) {
    kept.push(html.slice(at, found.index));
    const end = found[1] ? new RegExp(`</${found[1]}\\s*>`, "gi") : /-->/g;
    end.lastIndex = OPENING.lastIndex - (found[1] ? 0 : 2); // <!--> is a whole comment
    if (!end.exec(html)) return kept.join("");
    at = end.lastIndex;
    OPENING.lastIndex = at;
  }
  return kept.join("") + html.slice(at);
}

/** Styles and handlers become data, in every tag. A tag without an end is no tag, nor what follows. */
export function inert(html) {
  const source = withoutBlocks(html.replace(/\0|&#0+;/g, ""));
  const kept = [];
  let at = 0;
  for (;;) {
    START.lastIndex = at;
    if (!START.exec(source)) return kept.join("") + source.slice(at);
    kept.push(source.slice(at, START.lastIndex));
    at = START.lastIndex;
    while (source[at] !== ">") {
      ATTRIBUTE.lastIndex = at;
      const [whole, name, value = ""] = ATTRIBUTE.exec(source) ?? [""];
      if (!whole) return kept.join("");
      kept.push(name !== undefined && REFUSED.test(name) ? `data-${name}${value}` : whole);
      at += whole.length;
    }
  }
}
