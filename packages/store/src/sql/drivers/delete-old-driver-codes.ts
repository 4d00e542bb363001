/** Drops codes that expired before $1. */
export const deleteOldDriverCodes = {
  name: 'delete-old-driver-codes',
  text: `
delete from driver_codes where expires_at < $1`,
}
