import { Button, Flex } from '@chakra-ui/react'
import { useEffect, useEffectEvent, useRef } from 'react'

interface ShowMoreProps {
  /** As in "Show more tags". */
  label: string
  isPending: boolean
  onMore: () => void
}

/** The end of a list that goes on: it fetches more by itself when it is scrolled into sight. */
export function ShowMore({ label, isPending, onMore }: ShowMoreProps) {
  const place = useRef<HTMLDivElement>(null)
  const more = useEffectEvent(onMore)
  useEffect(() => {
    if (!place.current || isPending) return
    const observer = new IntersectionObserver(([entry]) => entry.isIntersecting && more(), {
      rootMargin: '600px',
    })
    observer.observe(place.current)
    return () => observer.disconnect()
  }, [isPending])
  return (
    <Flex ref={place} justify="center" p="8px">
      <Button variant="ghost" onClick={onMore} loading={isPending} loadingText={label}>
        {label}
      </Button>
    </Flex>
  )
}
