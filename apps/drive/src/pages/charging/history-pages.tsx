import './charging.css'
import { Route, Switch } from 'wouter-preact'
import { takeCharge } from '../../api/charges.js'
import { useEvent } from '../../api/events.js'
import { HistoryList } from './history-list.js'
import { ReceiptPage } from './receipt-page.js'
import { MonthsPage, StatementPage } from './statement-page.js'

/** Past charges, receipts and statements. */
export const HistoryPages = () => {
  useEvent('charge', takeCharge)
  return (
    <Switch>
      <Route path="/history">
        <HistoryList />
      </Route>
      <Route path="/history/months">
        <MonthsPage />
      </Route>
      <Route path="/history/months/:month">{({ month }) => <StatementPage month={month} />}</Route>
      <Route path="/history/:id">{({ id }) => <ReceiptPage id={id} />}</Route>
    </Switch>
  )
}

export default HistoryPages
