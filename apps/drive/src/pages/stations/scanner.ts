/** Reads QR codes of pictures. */
export interface CodeReader {
  /** The first code in the picture that the video shows now; undefined where there is none. */
  read(video: HTMLVideoElement): Promise<string | undefined>
}

interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>
}

type DetectorClass = new (options: { readonly formats: readonly string[] }) => Detector

const isDetectorClass = (value: unknown): value is DetectorClass => typeof value === 'function'

const native = (): CodeReader | undefined => {
  const found: unknown = Reflect.get(globalThis, 'BarcodeDetector')
  if (!isDetectorClass(found)) return undefined
  try {
    const detector = new found({ formats: ['qr_code'] })
    return {
      read: async (video) => (await detector.detect(video))[0]?.rawValue,
    }
  } catch {
    return undefined
  }
}

/** Pictures are read at this width at most; codes that are held before a camera are large. */
const WIDTH = 640

const written = async (): Promise<CodeReader> => {
  const { default: jsQr } = await import('jsqr')
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  return {
    async read(video) {
      const scale = Math.min(1, WIDTH / Math.max(1, video.videoWidth))
      const [width, height] = [Math.floor(video.videoWidth * scale), Math.floor(video.videoHeight * scale)]
      if (pen === null || width === 0 || height === 0) return undefined
      canvas.width = width
      canvas.height = height
      pen.drawImage(video, 0, 0, width, height)
      const { data } = pen.getImageData(0, 0, width, height)
      return jsQr(data, width, height)?.data
    },
  }
}

/** The reader of the browser where it has one that works, otherwise one that is fetched. */
export const openReader = async (): Promise<CodeReader> => {
  const own = native()
  if (own === undefined) return written()
  let reader: CodeReader = own
  return {
    async read(video) {
      try {
        return await reader.read(video)
      } catch {
        // NOTE: some browsers have the class, and nothing behind it.
        if (reader === own) reader = await written()
        return undefined
      }
    },
  }
}
