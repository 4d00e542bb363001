import { Route, Switch } from 'wouter'
import { NothingHere } from '../../parts/states.js'
import { CorrelationPage } from './correlation-page.js'
import { MessageList } from './message-list.js'
import { MessagePage } from './message-page.js'

/** The messages, the page of each, and what belongs to one correlation. */
const ConversationRoutes = () => (
  <Switch>
    <Route path="/conversation" component={MessageList} />
    <Route path="/conversation/together/:id" component={CorrelationPage} />
    <Route path="/conversation/:id" component={MessagePage} />
    <Route>
      <NothingHere what="page" />
    </Route>
  </Switch>
)
export default ConversationRoutes
