/**
 * Styles that components make at run time (values of the theme, the lock of a page behind a dialog), kept as style
 * sheets of the document's object model. The build puts this module in place of that of `@rc-component/util`, which
 * writes style elements: the content security policy refuses those.
 */
interface Option {
  mark?: string;
}

const sheets = new Map<string, { sheet: CSSStyleSheet; css: string }>();

const nameOf = (key: string, option: Option = {}) => `${option.mark ?? ''}/${key}`;

/** Sets the style sheet of this key, and returns what callers mark as theirs. */
export function updateCSS(css: string, key: string, option: Option = {}): HTMLElement {
  const name = nameOf(key, option);
  const known = sheets.get(name);
  if (known === undefined) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets.push(sheet);
    sheets.set(name, { sheet, css });
  } else if (known.css !== css) {
    known.sheet.replaceSync(css);
    known.css = css;
  }
  return document.createElement('template');
}

export function removeCSS(key: string, option: Option = {}): void {
  const name = nameOf(key, option);
  const known = sheets.get(name);
  if (known !== undefined) {
    sheets.delete(name);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== known.sheet);
  }
}

export function injectCSS(css: string, option: Option = {}): HTMLElement {
  return updateCSS(css, `injected-${sheets.size}`, option);
}

export function clearContainerCache(): void {}
