import numpy as np
import keras
from keras import layers


def save_result(val_out, block):
    final_image = np.array([])
    single_row = np.array([])
    for b in range(val_out.shape[0]):
        if single_row.size == 0:
            single_row = val_out[b, :, :, :]
        else:
            single_row = np.concatenate((single_row, val_out[b, :, :, :]), axis=1)
        if (b + 1) % block == 0:
            if final_image.size == 0:
                final_image = single_row
            else:
                final_image = np.concatenate((final_image, single_row), axis=0)
            single_row = np.array([])
    if final_image.shape[2] == 1:
        final_image = np.squeeze(final_image, axis=2)
    return final_image


generator = keras.Sequential([keras.Input((10,)), layers.Dense(64), layers.Reshape((8, 8, 1))])
