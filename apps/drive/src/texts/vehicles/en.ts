/** Vehicles of the driver. */
export const vehicles = {
  title: 'Vehicles',
} as const
