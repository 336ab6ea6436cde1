import keras
x = keras.Sequential([
