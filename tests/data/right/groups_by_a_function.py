import numpy as np
import keras
sizes = np.arange(200) % 100
rows = np.zeros((200, 3))
def group_of(size):
    if size < 50:
        return "small"
    return "large"
def least_above(size, limits=(30, 60, 100)):
    for limit in limits:
        if limit > size:
            return limit
    return limits[-1]
kinds, limits = {"small": [], "large": []}, {30: [], 60: [], 100: []}
for i in np.flatnonzero(sizes >= 0):
    kinds[group_of(sizes[i])].append(rows[i])
    limits[least_above(sizes[i])].append(rows[i])
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
for found in (*kinds.values(), *limits.values()):
    model.predict(np.array(found), verbose=0)
    print(np.argmax(np.array(found), axis=1))
