import { DownloadOutlined } from '@ant-design/icons';
import { App, Button, Modal, Spin } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/problem';
import { fileName, saveFile, toCsv, type Cell } from './csv';
import type { Column } from './DataTable';
import { useShown, type Shown } from './numbers';
import { readAll, type ReadPage } from './pages';
import { useProblemText } from './ProblemView';

/** Rows of a file at most; a spreadsheet takes a million, an old PC less. */
export const EXPORT_ROWS_MAX = 100_000;

interface ExportButtonProps<T> {
  name: string;
  columns: Column<T>[];
  /** The rows that the table has. */
  rows: T[];
  /** Reads all rows, where the table has not all of them. */
  readPage?: ReadPage<T> | undefined;
}

/** Saves all rows of a table as a file for spreadsheets, also those that the table has not loaded yet. */
export function ExportButton<T>({ name, columns, rows, readPage }: ExportButtonProps<T>) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const shown = useShown();
  const problemText = useProblemText();
  const [read, setRead] = useState<number>();
  const cancel = useRef<AbortController>(undefined);
  useEffect(() => () => cancel.current?.abort(), []);

  const save = (all: T[], complete: boolean) => {
    const noted = complete ? name : `${name} (${t('export.firstRows', { count: all.length })})`;
    saveFile(`${fileName(noted)}.csv`, csvOf(columns, all, shown));
    void (complete ? message.success(t('export.saved', { count: all.length })) : message.warning(t('export.notAll', { count: all.length }), 10));
  };
  const start = async () => {
    if (readPage === undefined) {
      save(rows, true);
      return;
    }
    const controller = new AbortController();
    cancel.current = controller;
    setRead(0);
    try {
      const all = await readAll(readPage, EXPORT_ROWS_MAX, { signal: controller.signal, onRows: setRead });
      save(all.rows, all.complete);
    } catch (cause) {
      if (!controller.signal.aborted) {
        void message.error(problemText(ProblemError.from(cause)));
      }
    } finally {
      setRead((now) => (cancel.current === controller ? undefined : now)); // Another export may have begun.
    }
  };
  const giveUp = () => {
    cancel.current?.abort();
    setRead(undefined);
  };
  return (
    <>
      <Button type="text" icon={<DownloadOutlined />} onClick={() => void start()}>
        {t('exportCsv')}
      </Button>
      {read !== undefined && (
        <Modal open title={t('export.title')} closable={false} footer={<Button onClick={giveUp}>{t('cancel')}</Button>}>
          <p role="status">
            <Spin size="small" /> {t('export.read', { count: read })}
          </p>
        </Modal>
      )}
    </>
  );
}

/** The file: times by the program's clock, which the head names, and money in its major unit. */
export function csvOf<T>(columns: Column<T>[], rows: T[], shown: Shown): string {
  const exported = columns.map((column) => [column, cellOf(column, shown)] as const).filter(([, cell]) => cell !== undefined);
  const heads = exported.map(([{ title, time, day, money }]) =>
    time !== undefined || day !== undefined ? `${title} (${shown.timeZone})` : money !== undefined ? `${title} (${shown.currency})` : title,
  );
  return toCsv(
    heads,
    rows.map((row) => exported.map(([, cell]) => cell!(row))),
  );
}

function cellOf<T>({ csv, time, day, money, points }: Column<T>, shown: Shown): ((row: T) => Cell) | undefined {
  const instant = time ?? day;
  return csv ?? (instant !== undefined ? (row) => shown.sheetTime(instant(row)) : money !== undefined ? (row) => shown.sheetMoney(money(row)) : points);
}
