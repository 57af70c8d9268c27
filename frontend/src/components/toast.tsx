import { chakra, Flex } from '@chakra-ui/react'
import { Check, X } from 'lucide-react'
import { useEffect, useState } from 'react'

import { dismissToast, type Toast, useToasts } from './toastStore'

export { toast } from './toastStore'

const lifetime = 8_000

export function Toaster() {
  const toasts = useToasts((state) => state.toasts)
  return (
    <Flex
      position="fixed"
      bottom="60px"
      left="50%"
      transform="translateX(-50%)"
      direction="column"
      align="center"
      gap="8px"
      zIndex="toast"
      role="status"
      aria-live="polite"
    >
      {toasts.map((each) => (
        <ToastBox key={each.id} toast={each} />
      ))}
    </Flex>
  )
}

function ToastBox({ toast }: { toast: Toast }) {
  const [isHeld, setHeld] = useState(false)
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(() => dismissToast(toast.id), lifetime)
    return () => clearTimeout(timer)
  }, [isHeld, toast.id])

  const Icon = toast.tone === 'failed' ? X : Check
  return (
    <Flex
      align="center"
      gap="8px"
      h="36px"
      px="14px"
      bg="text"
      color="panel"
      borderRadius="card"
      textStyle="body"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      <Icon size={16} strokeWidth={1.5} aria-hidden="true" />
      {toast.text}
      {toast.undo && <UndoVerb toast={toast} undo={toast.undo} />}
    </Flex>
  )
}

function UndoVerb({ toast, undo }: { toast: Toast; undo: () => void }) {
  function takeBack() {
    undo()
    dismissToast(toast.id)
  }
  return (
    <>
      <span aria-hidden="true">·</span>
      <chakra.button type="button" fontWeight={600} cursor="pointer" onClick={takeBack}>
        Undo
      </chakra.button>
    </>
  )
}
