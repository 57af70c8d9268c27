/** Target types whose changes concern what is shown of models. */
export const aboutModels = [
  'model_architecture',
  'trained_model',
  'layer_set',
  'layer',
  'inference_set',
  'embedding_set',
  'slice',
  'dataset',
]
