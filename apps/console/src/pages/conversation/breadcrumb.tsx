import { Breadcrumb as WayBack } from '../../parts/breadcrumb.js'

/** The way back to the list of messages. */
export const Breadcrumb = ({ here }: { readonly here: string }) => (
  <WayBack list="Conversation" href="/conversation" here={here} />
)
