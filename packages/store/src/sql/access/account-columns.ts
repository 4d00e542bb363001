/** Columns of an operator account, named as its port has them. */
export const accountColumns = `
id, login, name, role, password, invitation_hash as "invitationHash", invitation_expires_at as "invitationExpiresAt",
invited_by as "invitedBy", created_at as "createdAt", last_sign_in_at as "lastSignInAt", disabled_at as "disabledAt"`
