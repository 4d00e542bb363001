import './account.css'
import type { ComponentChildren } from 'preact'
import { Route, Switch, useLocation } from 'wouter-preact'
import { Notice } from '../../parts/states.js'
import { SignIn } from '../../sign-in/sign-in.js'
import { signInState } from '../../sign-in/sign-in-state.js'
import { textsOf } from '../../texts/say.js'
import { NewVehicle, VehicleList, VehiclePage } from '../vehicles/vehicle-pages.js'
import { AccountMenu } from './account-menu.js'
import { CardsPage } from './cards-page.js'
import { DataPage } from './data-page.js'
import { Overview } from './overview.js'
import { PasskeysPage } from './passkeys-page.js'
import { ProfilePage } from './profile-page.js'

const sayFrame = textsOf('frame')

const Nothing = () => <Notice kind="warn" title={sayFrame('not_found_title')} />

/** Below this are pages of an account. */
const Mine = ({ children }: { readonly children: ComponentChildren }) =>
  signInState.value.kind === 'nobody' ? <SignIn /> : children

const Detail = () => (
  <Switch>
    <Route path="/account">
      <Overview />
    </Route>
    <Route path="/account/profile">
      <ProfilePage />
    </Route>
    <Route>
      <Mine>
        <Switch>
          <Route path="/account/vehicles">
            <VehicleList />
          </Route>
          <Route path="/account/vehicles/new">
            <NewVehicle />
          </Route>
          <Route path="/account/vehicles/:id">{({ id }) => <VehiclePage id={id} />}</Route>
          <Route path="/account/cards">
            <CardsPage />
          </Route>
          <Route path="/account/passkeys">
            <PasskeysPage />
          </Route>
          <Route path="/account/data">
            <DataPage />
          </Route>
          <Route>
            <Nothing />
          </Route>
        </Switch>
      </Mine>
    </Route>
  </Switch>
)

/** The account and what belongs to it: a menu, and beside or behind it what was chosen. */
export const AccountPages = () => {
  const [location] = useLocation()
  const chosen = location !== '/account'
  return (
    <div class={`panes account ${chosen ? 'chosen' : ''}`}>
      <div class="pane-detail">
        <Detail />
      </div>
      <div class="pane-list">
        <AccountMenu />
      </div>
    </div>
  )
}

export default AccountPages
