/** Columns of a reservation, taken from the alias `r`, under the names of the port. */
export const reservationColumns = `
r.id, r.driver_id as "driverId", r.country_code as "countryCode", r.party_id as "partyId", r.location_id as "locationId",
r.evse_uid as "evseUid", r.connector_id as "connectorId", r.authorization_reference as "authorizationReference", r.cost, r.failure,
r.cancel, r.asked_at as "askedAt", r.expires_at as "expiresAt"`
