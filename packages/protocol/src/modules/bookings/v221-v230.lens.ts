import { newerDocument } from '../../lens/lens.js'

/** Bookings came with a package of the newer version; the older one has no words for any of it. */
export const bookingDocument = newerDocument('the target version has no bookings')
