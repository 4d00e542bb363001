import type { ComponentType } from 'react'
import { Route, Switch } from 'wouter'
import type { Collection } from '../../api/objects.js'
import { NothingHere } from '../../parts/states.js'

/** A list at the address of a collection, and a page for each object below. */
export const ObjectRoutes = ({
  collection,
  list,
  one,
}: {
  readonly collection: Collection
  readonly list: ComponentType
  readonly one: ComponentType
}) => (
  <Switch>
    <Route path={`/${collection}`} component={list} />
    <Route path={`/${collection}/:countryCode/:partyId/:id`} component={one} />
    <Route>
      <NothingHere what="page" />
    </Route>
  </Switch>
)
