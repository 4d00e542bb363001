import { useLocation } from 'wouter'

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** The segments of the page's address, decoded once: ids of partners may hold slashes and percent signs. */
export const usePathSegments = (): readonly string[] => {
  // NOTE: the router decodes addresses in part; its hook only tells when to look again.
  useLocation()
  return window.location.pathname.split('/').slice(1).map(decoded)
}
