/** Columns of a charge, taken from the alias `c`, under the names of the port. */
export const chargeColumns = `
c.id, c.driver_id as "driverId", c.seq, c.means, c.country_code as "countryCode", c.party_id as "partyId",
c.location_id as "locationId", c.evse_uid as "evseUid", c.connector_id as "connectorId", c.request_key as "requestKey",
c.authorization_reference as "authorizationReference", c.wish, c.quote, c.failure, c.stop, c.stop_command_id as "stopCommandId",
c.preferences, c.session_key as "sessionKey", c.cdr_key as "cdrKey", c.shares_clock as "sharesClock", c.is_open as "isOpen",
c.asked_at as "askedAt"`
