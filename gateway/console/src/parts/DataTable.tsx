import { DownloadOutlined } from '@ant-design/icons';
import { Button, Empty, Flex, Table, Typography } from 'antd';
import type { ColumnType } from 'antd/es/table';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProblemError } from '../api/problem';
import { ProblemAlert } from './ProblemView';
import { saveFile, toCsv } from './csv';

export interface Column<T> {
  key: string;
  title: string;
  show: (row: T) => ReactNode;
  /** The cell in an exported file; a column without it is left out there. */
  csv?: (row: T) => string | number | undefined | null;
  /** What the column sorts by; it does not sort without. */
  sort?: (row: T) => number | string;
  number?: boolean;
  width?: number;
}

export interface DataTableProps<T> {
  /** Names the table for screen readers, and the exported file. */
  name: string;
  columns: Column<T>[];
  rows: T[] | undefined;
  rowKey: (row: T) => string;
  loading?: boolean;
  problem?: ProblemError | undefined;
  retry?: () => void;
  more?: (() => void) | undefined;
  loadingMore?: boolean;
  expanded?: (row: T) => ReactNode;
  empty?: ReactNode;
}

/** A table with everything people expect of one: states, order, more rows on demand, a file for a spreadsheet. */
export function DataTable<T extends object>(props: DataTableProps<T>) {
  const { t } = useTranslation();
  const { name, columns, rows, rowKey, expanded } = props;
  const shown: ColumnType<T>[] = columns.map((column) => ({
    key: column.key,
    title: column.title,
    width: column.width,
    align: column.number ? ('right' as const) : ('left' as const),
    className: column.number ? 'number' : undefined,
    render: (_: unknown, row: T) => column.show(row),
    ...(column.sort === undefined ? {} : { sorter: (one: T, other: T) => compare(column.sort!(one), column.sort!(other)) }),
  }));
  if (rows === undefined && props.problem !== undefined) {
    return <ProblemAlert problem={props.problem} retry={props.retry} />; // An empty table would say that there is nothing.
  }
  return (
    <section aria-label={name}>
      {props.problem !== undefined && <ProblemAlert problem={props.problem} retry={props.retry} />}
      <Table<T>
        size="middle"
        columns={shown}
        dataSource={rows ?? []}
        rowKey={rowKey}
        loading={props.loading ?? false}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{
          emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={rows === undefined ? t('loading') : (props.empty ?? t('empty'))} />,
        }}
        {...(expanded === undefined ? {} : { expandable: { expandedRowRender: (row: T) => expanded(row) } })}
      />
      {(rows?.length ?? 0) > 0 && (
        <Flex justify="space-between" align="center" className="table-foot">
          <Typography.Text type="secondary">{t('paging.shown', { count: rows!.length })}</Typography.Text>
          {props.more !== undefined && (
            <Button onClick={props.more} loading={props.loadingMore ?? false}>
              {t('loadMore')}
            </Button>
          )}
          <Button
            type="text"
            icon={<DownloadOutlined />}
            onClick={() => {
              const exported = columns.filter((column) => column.csv !== undefined);
              const lines = rows!.map((row) => exported.map((column) => column.csv!(row)));
              saveFile(`${name}.csv`, toCsv(exported.map((column) => column.title), lines));
            }}
          >
            {t('exportCsv')}
          </Button>
        </Flex>
      )}
    </section>
  );
}

function compare(one: number | string, other: number | string): number {
  return typeof one === 'number' && typeof other === 'number' ? one - other : String(one).localeCompare(String(other));
}
