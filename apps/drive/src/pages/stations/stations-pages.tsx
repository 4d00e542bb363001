import './stations.css'
import { Route, Switch } from 'wouter-preact'
import { ComparePage } from './compare-page.js'
import { ExplorePage } from './explore-page.js'
import { StationPage } from './station-page.js'

/** The map and list of stations, the page of a station, and the comparison. */
export const StationsPages = () => (
  <Switch>
    <Route path="/stations/compare">
      <ComparePage />
    </Route>
    <Route path="/stations/:country_code/:party_id/:id">
      {({ country_code, party_id, id }) => (
        <StationPage key={`${country_code}/${party_id}/${id}`} id={{ country_code, party_id, id }} />
      )}
    </Route>
    <Route>
      <ExplorePage />
    </Route>
  </Switch>
)

export default StationsPages
