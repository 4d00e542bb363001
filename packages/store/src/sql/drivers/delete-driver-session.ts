/** Ends a sign-in by its hash. */
export const deleteDriverSession = {
  name: 'delete-driver-session',
  text: `
delete from driver_sessions where hash = $1`,
}
