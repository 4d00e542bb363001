import { closed, type Infer, object, one, open, some, url } from '../../schema/index.js'

/** 2.2.1 `version_information_endpoint_interface_role_enum`. */
export const InterfaceRole = closed('InterfaceRole', 'version_information_endpoint_interface_role_enum', [
  'SENDER',
  'RECEIVER',
])
export type InterfaceRole = Infer<typeof InterfaceRole>

/** 2.2.1 `version_information_endpoint_versionnumber_enum`. */
export const VersionNumber = closed('VersionNumber', 'version_information_endpoint_versionnumber_enum', [
  '2.0',
  '2.1',
  '2.1.1',
  '2.2',
  '2.2.1',
])
export type VersionNumber = Infer<typeof VersionNumber>

/** 2.2.1 `version_information_endpoint_moduleid_enum`. */
export const ModuleID = open('ModuleID', 'version_information_endpoint_moduleid_enum', [
  'cdrs',
  'chargingprofiles',
  'commands',
  'credentials',
  'hubclientinfo',
  'locations',
  'sessions',
  'tariffs',
  'tokens',
])
export type ModuleID = Infer<typeof ModuleID>

/** 2.2.1 `version_information_endpoint_version_class`. */
export const Version = object('Version', 'version_information_endpoint_version_class', {
  version: one(VersionNumber),
  url: one(url()),
})
export type Version = Infer<typeof Version>

/** 2.2.1 `version_information_endpoint_endpoint_class`. */
export const Endpoint = object('Endpoint', 'version_information_endpoint_endpoint_class', {
  identifier: one(ModuleID),
  role: one(InterfaceRole),
  url: one(url()),
})
export type Endpoint = Infer<typeof Endpoint>

/** 2.2.1 `version_information_endpoint_version_details_endpoint`. */
export const VersionDetails = object(
  'VersionDetails',
  'version_information_endpoint_version_details_endpoint',
  {
    version: one(VersionNumber),
    endpoints: some(Endpoint),
  },
)
export type VersionDetails = Infer<typeof VersionDetails>
