import { error } from '../../schema/check-result.js'
import { check, type Tolerance } from '../../schema/index.js'

/** CMD-030: a connector is named only together with its EVSE. */
export const connectorHasEvse = check(['connector_id', 'evse_uid'], (command) =>
  typeof command.connector_id === 'string' && typeof command.evse_uid !== 'string'
    ? [error('/evse_uid', 'connector_id needs evse_uid', 'CMD-030')]
    : [],
)

/** Old diagrams of 2.1.1 show SUCCESSFUL, and results in lower case occur (commands.md trap 3). */
export const oldSuccess = (listed: readonly string[]): Tolerance => ({
  rule: 'CMD-074',
  note: 'is not in the enumeration; SUCCESSFUL is read as ACCEPTED',
  repair: (value) => {
    if (typeof value !== 'string' || listed.includes(value)) return undefined
    if (listed.includes(value.toUpperCase())) return value.toUpperCase()
    return value.toUpperCase() === 'SUCCESSFUL' ? 'ACCEPTED' : undefined
  },
})

/** A result that is not listed counts as FAILED (CMD-074); an old spelling of success is understood (2.1.1 diagrams). */
export const otherResults = (listed: readonly string[]): Tolerance => ({
  rule: 'CMD-074',
  note: 'is not in the enumeration; read as FAILED, SUCCESSFUL as ACCEPTED',
  repair: (value) => {
    if (typeof value !== 'string' || !/^\w{1,50}$/.test(value) || listed.includes(value)) return undefined
    if (listed.includes(value.toUpperCase())) return value.toUpperCase()
    return value.toUpperCase() === 'SUCCESSFUL' ? 'ACCEPTED' : 'FAILED'
  },
})
