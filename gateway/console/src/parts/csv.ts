/** A number that is written as it stands, such as `128.50`. */
export interface SheetNumber {
  number: string;
}

export type Cell = string | number | SheetNumber | undefined | null;

/** A table as CSV for spreadsheets: UTF-8 with a mark, as Excel wants it, and one line a row. */
export function toCsv(head: string[], rows: Cell[][]): string {
  return `\uFEFF${[head, ...rows].map((row) => row.map(written).join(',')).join('\r\n')}\r\n`;
}

/** What a spreadsheet takes for the begin of a formula; in East Asia it takes the wide forms, too. */
const FORMULA = /^[\s]*[=+\-@＝＋－＠]|^[\t\r\n]/;

function written(value: Cell): string {
  if (value === undefined || value === null) {
    return '';
  }
  if (typeof value === 'object') {
    return value.number;
  }
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** A name that every file system takes. */
export function fileName(name: string): string {
  return name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-').slice(0, 100);
}

/** Lets the browser save a text as a file. */
export function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
