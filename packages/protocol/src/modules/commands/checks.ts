import { error } from '../../schema/check-result.js'
import { check } from '../../schema/index.js'

/** CMD-030: a connector is named only together with its EVSE. */
export const connectorHasEvse = check(['connector_id', 'evse_uid'], (command) =>
  typeof command.connector_id === 'string' && typeof command.evse_uid !== 'string'
    ? [error('/evse_uid', 'connector_id needs evse_uid', 'CMD-030')]
    : [],
)
