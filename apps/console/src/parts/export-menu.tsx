import { Button, Menu } from '@mantine/core'
import { useState } from 'react'
import { Icon } from './icons.js'
import { csvOf, type ExportColumn, saveFile } from './save-file.js'

interface ExportMenuProps<Row> {
  /** Name of the file without its ending. */
  readonly name: string
  readonly columns: readonly ExportColumn<Row>[]
  /** All rows that match, also those that are not shown yet. */
  readonly fetchRows: () => Promise<readonly Row[]>
  /** What a row is in JSON. */
  readonly document: (row: Row) => unknown
}

/** Saves everything a table holds, as CSV with its columns or as JSON with whole documents. */
export const ExportMenu = <Row,>({ name, columns, fetchRows, document }: ExportMenuProps<Row>) => {
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)
  const run = (save: (rows: readonly Row[]) => void): void => {
    setBusy(true)
    setFailed(false)
    fetchRows()
      .then(save, () => setFailed(true))
      .finally(() => setBusy(false))
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="sm" loading={busy} leftSection={<Icon name="download" size={16} />}>
          {failed ? 'Export failed; again' : 'Export'}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          onClick={() =>
            run((rows) => saveFile(`${name}.csv`, 'text/csv;charset=utf-8', csvOf(columns, rows)))
          }
        >
          CSV
        </Menu.Item>
        <Menu.Item
          onClick={() =>
            run((rows) =>
              saveFile(`${name}.json`, 'application/json', JSON.stringify(rows.map(document), null, 2)),
            )
          }
        >
          JSON
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
