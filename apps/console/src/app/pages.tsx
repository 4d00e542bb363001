import { type ComponentType, lazy } from 'react'
import type { IconName } from '../parts/icons.js'
import type { PageName } from './page-names.js'

/** A page of the console and where it stands in the navigation. */
export interface Page {
  /** First segment of its address; empty for the first page. */
  readonly name: PageName | ''
  readonly label: string
  readonly icon: IconName
  readonly group: 'Network' | 'Objects' | 'Drivers' | 'Node'
  /** Is about people: shown from this role on; to everybody when left out. */
  readonly role?: 'support'
  /** Answers everything at its address and below. Fetched when it is first opened. */
  readonly component: ComponentType
}

/** The pages in the order of the navigation. The next page is a folder in `pages`, a name in `page-names.ts`, and a line here. */
export const pages: readonly Page[] = [
  {
    name: '',
    label: 'Network',
    icon: 'network',
    group: 'Network',
    component: lazy(() => import('../pages/network/network-page.js')),
  },
  {
    name: 'partners',
    label: 'Partners',
    icon: 'partners',
    group: 'Network',
    component: lazy(() => import('../pages/partners/partners.js')),
  },
  {
    name: 'conversation',
    label: 'Conversation',
    icon: 'conversation',
    group: 'Network',
    component: lazy(() => import('../pages/conversation/conversation.js')),
  },
  {
    name: 'locations',
    label: 'Locations',
    icon: 'locations',
    group: 'Objects',
    component: lazy(() => import('../pages/locations/locations.js')),
  },
  {
    name: 'sessions',
    label: 'Sessions',
    icon: 'sessions',
    group: 'Objects',
    component: lazy(() => import('../pages/sessions/sessions.js')),
  },
  {
    name: 'cdrs',
    label: 'CDRs',
    icon: 'cdrs',
    group: 'Objects',
    component: lazy(() => import('../pages/cdrs/cdrs.js')),
  },
  {
    name: 'tariffs',
    label: 'Tariffs',
    icon: 'tariffs',
    group: 'Objects',
    component: lazy(() => import('../pages/tariffs/tariffs.js')),
  },
  {
    name: 'tokens',
    label: 'Tokens',
    icon: 'tokens',
    group: 'Objects',
    component: lazy(() => import('../pages/tokens/tokens.js')),
  },
  {
    name: 'commands',
    label: 'Commands',
    icon: 'commands',
    group: 'Objects',
    component: lazy(() => import('../pages/commands/commands.js')),
  },
  {
    name: 'drivers',
    label: 'Drivers',
    icon: 'drivers',
    group: 'Drivers',
    role: 'support',
    component: lazy(() => import('../pages/drivers/drivers.js')),
  },
  {
    name: 'problem-reports',
    label: 'Problem reports',
    icon: 'reports',
    group: 'Drivers',
    role: 'support',
    component: lazy(() => import('../pages/problem-reports/problem-reports.js')),
  },
  {
    name: 'events',
    label: 'Events',
    icon: 'events',
    group: 'Node',
    component: lazy(() => import('../pages/events/events-page.js')),
  },
  {
    name: 'keys',
    label: 'Keys',
    icon: 'keys',
    group: 'Node',
    component: lazy(() => import('../pages/keys/keys-page.js')),
  },
]
