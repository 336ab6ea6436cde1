import json

import keras


class Config:
    def __init__(self):
        self.width = 3

    def override(self, given, allow=False):
        for key, value in given.items():
            if key not in self.__dict__:
                if allow:
                    setattr(self, key, value)
                else:
                    raise KeyError(key)
            else:
                setattr(self, key, value)


config = Config()
config.override(json.loads('{"width": 4}'))
model = keras.Sequential([keras.Input((config.width,)), keras.layers.Dense(2)])
model.build()
