import keras
import numpy as np

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="sigmoid")])
losses, tags = [], []


def train(steps, every):
    for step in range(steps):
        if (step + 1) % every == 0:
            losses.append((0.5, 0.25))


train(20000, 1000)
for number, name in enumerate(["fold"] * 1500 + ["last"]):
    if name == "last":
        tags.append([number, 1])
history, kept = np.array(losses), np.array(tags)
rare = [step for step in range(20000) if step > 15000]
print(history.T[0], kept[:, 0], rare[0])
model.predict(np.zeros((len(history), 4)), verbose=0)
