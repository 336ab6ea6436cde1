"""An encoder hands its states to a decoder of the same width."""

from keras import Input, Model
from keras.layers import LSTM, Dense

source_tokens, target_tokens, latent_dim = 70, 90, 128

encoder_inputs = Input(shape=(None, source_tokens))
_, state_h, state_c = LSTM(latent_dim, return_state=True)(encoder_inputs)

decoder_inputs = Input(shape=(None, target_tokens))
decoder_outputs, _, _ = LSTM(latent_dim, return_sequences=True, return_state=True)(
    decoder_inputs, initial_state=[state_h, state_c]
)
decoder_outputs = Dense(target_tokens, activation="softmax")(decoder_outputs)

model = Model([encoder_inputs, decoder_inputs], decoder_outputs)
model.compile(optimizer="rmsprop", loss="categorical_crossentropy")
