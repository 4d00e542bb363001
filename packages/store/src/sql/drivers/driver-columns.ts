/** Columns of a driver `d` under the names of the port. */
export const driverColumns = `
d.id, d.country_code as "countryCode", d.party_id as "partyId", d.contract_id as "contractId", d.email, d.name, d.language,
d.default_vehicle_id as "defaultVehicleId", d.is_demo as "isDemo", d.created_at as "createdAt"`
