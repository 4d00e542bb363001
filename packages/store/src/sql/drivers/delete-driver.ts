/** Deletes the driver $1 and everything that hangs on it. */
export const deleteDriver = {
  name: 'delete-driver',
  text: `
delete from drivers where id = $1`,
}
