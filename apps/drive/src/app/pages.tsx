import type { ComponentType } from 'preact'
import { lazyPage } from '../parts/lazy-page.js'
import type { PageName } from './page-names.js'

/** A page of the app. */
export interface Page {
  /** First segment of its address below `/drive/`; empty for the first page. */
  readonly name: PageName | ''
  /** Answers everything at its address and below. Fetched when it is first opened. */
  readonly component: ComponentType
  /** True for a page that shows something of an account: who is not signed in is asked to. */
  readonly signedIn?: true
  /** `wide` for two panes beside each other, `full` for the whole window. */
  readonly width?: 'wide' | 'full'
  /** The place in the navigation that is marked while the page is open. */
  readonly under: 'map' | 'charging' | 'history' | 'account'
}

const stations = lazyPage(() => import('../pages/stations/stations-pages.js'))

/** The pages. The next one is a folder in `pages`, a name in `page-names.ts`, a line here, and its texts in `texts`. */
export const pages: readonly Page[] = [
  { name: '', component: stations, width: 'full', under: 'map' },
  { name: 'stations', component: stations, width: 'full', under: 'map' },
  { name: 'scan', component: lazyPage(() => import('../pages/stations/scan-page.js')), under: 'map' },
  {
    name: 'charging',
    component: lazyPage(() => import('../pages/charging/charging-page.js')),
    signedIn: true,
    under: 'charging',
  },
  {
    name: 'history',
    component: lazyPage(() => import('../pages/charging/history-pages.js')),
    signedIn: true,
    width: 'wide',
    under: 'history',
  },
  {
    name: 'account',
    component: lazyPage(() => import('../pages/account/account-pages.js')),
    width: 'wide',
    under: 'account',
  },
  {
    name: 'report',
    component: lazyPage(() => import('../pages/report/report-page.js')),
    signedIn: true,
    under: 'account',
  },
  { name: 'about', component: lazyPage(() => import('../pages/about/about-page.js')), under: 'account' },
  {
    name: 'sign-in',
    component: lazyPage(() => import('../pages/sign-in/sign-in-page.js')),
    under: 'account',
  },
]
