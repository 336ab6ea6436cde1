import random

import keras
import numpy as np
from keras import layers


class Memory:
    def __init__(self, size):
        self.buffer = [(np.zeros((5, 4)), 0.0) for _ in range(size)]
        self.at = self.filled = 0

    def append(self, experience):
        self.buffer[self.at] = experience
        self.filled = min(self.filled + 1, len(self.buffer))
        self.at = (self.at + 1) % len(self.buffer)

    def sample(self, count):
        states = np.zeros((count, 5, 4, 1))
        for i in range(count):
            states[i, :, :, 0] = self.buffer[random.randrange(self.filled)][0][:, :, 0]
        return states


network = keras.Sequential([keras.Input((5, 4, 1)), layers.Conv2D(2, 3), layers.Flatten(), layers.Dense(2)])
memory = Memory(200000)
frames = [np.zeros((2, 2))] * 100
step = 0
while True:
    if step > 100:
        memory.sample(4)
        print(frames[random.randrange(100)][0, 0, 0])
    memory.append((np.zeros((5, 4, 1)), 1.0))
    frames[step % 100] = np.zeros((3, 3, 3))
    step += 1
    if random.random() < 0.01:
        break
network.predict(memory.sample(4), verbose=0)
