import { useQuery } from '@tanstack/react-query'
import { getMessages, type Message } from '../../api/messages.js'
import { useLiveMessages } from '../conversation/live-messages.js'

/** Messages of a handshake read at once; it has about eight. */
const MOST = 50

/** Id of the newest message that is recorded; 0 when there is none. */
export const newestMessage = async (): Promise<number> => (await getMessages({ limit: 1 })).items[0]?.id ?? 0

/**
 * Messages of a handshake with a partner above an id, as they come. `ended` has them read once more, so that none is missing
 * when it is over.
 */
export const useHandshakeMessages = (partner: string, after: number, ended: boolean): readonly Message[] => {
  const versions = useLiveMessages({ partner, module: 'versions' }, after)
  const credentials = useLiveMessages({ partner, module: 'credentials' }, after)
  const recorded = useQuery({
    queryKey: ['messages', 'handshake', partner, after, ended],
    queryFn: async () => {
      const [listed, exchanged] = await Promise.all(
        ['versions', 'credentials'].map((module) => getMessages({ partner, module, limit: MOST })),
      )
      return [...(listed?.items ?? []), ...(exchanged?.items ?? [])].filter(({ id }) => id > after)
    },
    enabled: ended,
  })
  const all = [...(recorded.data ?? []), ...versions, ...credentials]
  return [...new Map(all.map((message) => [message.id, message])).values()]
}
