/** Columns of a passkey under the names of the port. A count of 32 bits fits a double. */
export const passkeyColumns = `
id, driver_id as "driverId", public_key as "publicKey", counter::float8 as counter, transports, name, backed_up as "backedUp",
created_at as "createdAt", last_used_at as "lastUsedAt"`
