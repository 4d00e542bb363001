import { closed, type Infer } from '../../schema/index.js'

/** 2.2.1 and 2.3.0 `mod_sessions_profile_type_enum`. In its own file because tokens and sessions both need it. */
export const ProfileType = closed('ProfileType', 'mod_sessions_profile_type_enum', [
  'CHEAP',
  'FAST',
  'GREEN',
  'REGULAR',
])
export type ProfileType = Infer<typeof ProfileType>
