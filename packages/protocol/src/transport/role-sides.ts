import type { ModuleId, Side } from '../contract/endpoint.js'

/** Roles of connections between one party each (versions-and-credentials.md 4). */
export type PartyRole = 'CPO' | 'EMSP'

/** Modules of the versions whose addresses say a role; the others are not in them. */
type RoleBoundModule = Exclude<
  ModuleId,
  'chargingprofiles' | 'hubclientinfo' | 'payments' | 'invoicereconciliation' | 'bookings'
>

/** The side of each module that a CPO offers; an eMSP offers the other one (roles-and-modules.md 2.3). */
const sideOfCpo: Readonly<Record<RoleBoundModule, Side>> = {
  credentials: 'SENDER',
  locations: 'SENDER',
  tariffs: 'SENDER',
  sessions: 'SENDER',
  cdrs: 'SENDER',
  tokens: 'RECEIVER',
  commands: 'RECEIVER',
}

const otherSide: Readonly<Record<Side, Side>> = { SENDER: 'RECEIVER', RECEIVER: 'SENDER' }

const isModule = (module: string): module is RoleBoundModule => Object.hasOwn(sideOfCpo, module)

/** The side of a module that a party in a role offers, where addresses say the role and details say no side (VER-007). */
export const sideOffered = (role: PartyRole, module: string): Side => {
  if (!isModule(module) || module === 'credentials') return 'SENDER'
  return role === 'CPO' ? sideOfCpo[module] : otherSide[sideOfCpo[module]]
}

/** The role that offers a side of a module. */
export const roleOffering = (module: string, side: Side): PartyRole =>
  sideOffered('CPO', module) === side ? 'CPO' : 'EMSP'

/** The role at the other end of a connection between one party each. */
export const otherRole = (role: PartyRole): PartyRole => (role === 'CPO' ? 'EMSP' : 'CPO')
