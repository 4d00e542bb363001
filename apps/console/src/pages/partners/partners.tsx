import { Route, Switch } from 'wouter'
import { NothingHere } from '../../parts/states.js'
import { NewPartnerPage } from './new-partner-page.js'
import { PartnerList } from './partner-list.js'
import { PartnerPage } from './partner-page.js'

/** Partners, the page of each, and the way to a new one. */
const PartnerRoutes = () => (
  <Switch>
    <Route path="/partners" component={PartnerList} />
    <Route path="/partners/new" component={NewPartnerPage} />
    <Route path="/partners/:id" component={PartnerPage} />
    <Route>
      <NothingHere what="page" />
    </Route>
  </Switch>
)
export default PartnerRoutes
